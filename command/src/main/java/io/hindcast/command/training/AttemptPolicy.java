package io.hindcast.command.training;

import io.hindcast.api.RefusedException;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingRunId;
import java.util.Map;

/**
 * Decides when a run may be queued: of a family in the cycle, its attempts counted from 1, the next after a failure.
 */
final class AttemptPolicy {

    private AttemptPolicy() {}

    /** Throws the refusal if this run may not be queued beside the cycle's other runs. */
    static void check(TrainingRunId run, TrainingCycleRequested cycle, Map<TrainingRunId, TrainingRun> runs) {
        String subject = "start of run " + run;
        if (!cycle.families().contains(run.family())) {
            throw RefusedException.of(
                    "NO_SUCH_RUN",
                    subject,
                    "of a family not requested",
                    cycle.families().toString());
        }
        int attempts = 0;
        for (Map.Entry<TrainingRunId, TrainingRun> entry : runs.entrySet()) {
            if (entry.getKey().family() == run.family()) {
                attempts++;
                TrainingRun.Status status = entry.getValue().status();
                if (status != TrainingRun.Status.FAILED) {
                    throw RefusedException.of(
                            "RUN_" + status,
                            subject,
                            "requested though " + entry.getKey() + " is " + status,
                            "a family whose runs have all failed");
                }
            }
        }
        if (run.attempt() != attempts + 1) {
            throw RefusedException.of(
                    "BAD_ATTEMPT", "attempt of run " + run, run.attempt(), String.valueOf(attempts + 1));
        }
    }
}
