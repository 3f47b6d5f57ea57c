package io.hindcast.inference;

import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Status of one lane of this process.
 *
 * @param version the version that predicts in this lane
 * @param artifact sha-256 of the model bundle
 * @param trainedAt market time of the training
 * @param expiresAt market time from which the version counts as expired
 * @param missed bars that the lane still has to predict late
 * @param problem cause and remedy if the lane does not predict as it should
 */
public record LaneStatus(
        VersionId version,
        State state,
        String artifact,
        Instant trainedAt,
        Instant expiresAt,
        int missed,
        Optional<String> problem) {

    /** States in a lane's life, in order. */
    public enum State {
        /** Being loaded and checked for a promotion. */
        LOADING,
        /** Loaded and checked; joins before the next candle event. */
        READY,
        /** Predicts every candle event. */
        PREDICTING,
        /** Live but unable to predict: its model is not loaded. */
        UNHEALTHY,
        /** No longer in any slot; leaves before the next candle event. */
        LEAVING
    }

    public boolean expired(Instant marketTime) {
        return !marketTime.isBefore(expiresAt);
    }
}
