package io.hindcast.api.model;

import io.hindcast.api.training.TrainingCycleView.WallTimes;
import java.time.Instant;
import java.util.Optional;

/**
 * The latest backfill of a version in its read model; all times but {@code wall} are market time.
 *
 * @param reason of the request, or for which it was given up
 * @param pendingAt when the lane joined or the backfill was requested
 * @param begunAt when its extent was known
 * @param from first moment covered
 * @param to last moment covered
 * @param days UTC days to compute
 * @param daysDone those of them recorded since it began
 * @param predictions that backfills have recorded in this period, once complete
 * @param endedAt when it was completed or given up
 * @param wall wall-clock times: pending, begun, ended
 */
public record BackfillView(
        VersionId version,
        State state,
        Optional<String> reason,
        Instant pendingAt,
        Optional<Instant> begunAt,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Integer> days,
        int daysDone,
        Optional<Long> predictions,
        Optional<Instant> endedAt,
        WallTimes wall) {

    /** States of a backfill. */
    public enum State {
        /** Its extent is not known yet. */
        PENDING,
        RUNNING,
        COMPLETE,
        /** The past is incomplete; another backfill may be requested. */
        GIVEN_UP
    }
}
