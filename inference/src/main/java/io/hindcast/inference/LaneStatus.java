package io.hindcast.inference;

import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a lane of this process is, for health and pages.
 *
 * @param version who predicts in it
 * @param artifact sha-256 of what it loads
 * @param trainedAt market time at which it was trained
 * @param expiresAt market time from which the version should no longer be trusted
 * @param missed bars it should have predicted and could not yet
 * @param problem why it does not predict, if something is wrong with it; names the cause and the remedy
 */
public record LaneStatus(
        VersionId version,
        State state,
        String artifact,
        Instant trainedAt,
        Instant expiresAt,
        int missed,
        Optional<String> problem) {

    /** Where a lane is on its way. */
    public enum State {
        /** Being loaded and checked for a promotion. */
        LOADING,
        /** Loaded and checked; joins before the next candle event. */
        READY,
        /** Predicts every candle event. */
        PREDICTING,
        /** Live, but can't predict: its model is not loaded. */
        UNHEALTHY,
        /** No slot holds it any more; leaves before the next candle event. */
        LEAVING
    }

    public boolean expired(Instant marketTime) {
        return !marketTime.isBefore(expiresAt);
    }
}
