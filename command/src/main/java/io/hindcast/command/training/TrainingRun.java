package io.hindcast.command.training;

import io.hindcast.api.training.ClaimTrainingRun;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunLaunched;
import java.util.Collections;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A run of the latest cycle.
 *
 * @param claims how often a worker has claimed it
 * @param crashes how often a worker process ended in the middle of it, before the last claim
 * @param worker that works on it; null if none does
 * @param launches machines started for it
 * @param parameters of the machine started last; empty if there was none
 * @param token hash of the token of the machine started last; null if there was none
 */
record TrainingRun(
        Status status,
        int claims,
        int crashes,
        @Nullable String worker,
        int launches,
        SortedMap<String, String> parameters,
        @Nullable String token) {

    enum Status {
        /** Queued or claimed. */
        RUNNING,
        SUCCEEDED,
        FAILED
    }

    static final TrainingRun QUEUED =
            new TrainingRun(Status.RUNNING, 0, 0, null, 0, Collections.emptySortedMap(), null);

    static final TrainingFailure CRASHED_TOO_OFTEN = new TrainingFailure(
            "the worker process ended in the middle of it " + ClaimTrainingRun.MAX_CRASHES + " times",
            "Look for what ended the process, often a lack of memory: give it more, or learn from fewer days"
                    + " (hindcast.sagas.history-days)",
            true);

    boolean isClaimedBy(String name) {
        return status == Status.RUNNING && name.equals(worker);
    }

    boolean isLaunchedWith(String tokenHash) {
        return tokenHash.equals(token);
    }

    TrainingRun launched(TrainingRunLaunched event) {
        return new TrainingRun(status, claims, crashes, worker, launches + 1, event.parameters(), event.tokenHash());
    }

    /** Whether one more worker may take the run over from the one that works on it, whose process must have ended. */
    boolean mayBeClaimed() {
        return crashesAtNextClaim() < ClaimTrainingRun.MAX_CRASHES;
    }

    private int crashesAtNextClaim() {
        return worker == null ? crashes : crashes + 1;
    }

    TrainingRun claimed(int claim, String by) {
        return new TrainingRun(status, claim, crashesAtNextClaim(), by, launches, parameters, token);
    }

    /** The process was stopped in good order, so this is no crash. */
    TrainingRun released() {
        return new TrainingRun(status, claims, crashes, null, launches, parameters, token);
    }

    TrainingRun ended(Status end) {
        return new TrainingRun(end, claims, crashes, worker, launches, parameters, token);
    }
}
