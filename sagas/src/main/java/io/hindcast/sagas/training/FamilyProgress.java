package io.hindcast.sagas.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one family in a cycle.
 *
 * @param attempt number of the current run, from 1
 * @param claim number of its latest claim by a worker, 0 if there was none
 * @param version number of the version registered from it
 * @param deadline identity of the scheduled deadline, if there is one
 */
record FamilyProgress(
        @JsonProperty("attempt") int attempt,
        @JsonProperty("stage") Stage stage,
        @JsonProperty("claim") int claim,
        @JsonProperty("version") @Nullable Integer version,
        @JsonProperty("deadline") @Nullable String deadline) {

    enum Stage {
        /** The cycle's dataset is not recorded yet. */
        SLICING(""),
        /** The run waits for a worker. */
        QUEUED(ClaimDeadline.NAME),
        /** A worker works on it. */
        TRAINING(RunDeadline.NAME),
        /** Its candidate is being registered as a version. */
        REGISTERING(""),
        /** The version is being promoted. */
        PROMOTING(""),
        /** Live, not promoted or failed: nothing more to do in this cycle. */
        SETTLED("");

        private final String deadline;

        Stage(String deadline) {
            this.deadline = deadline;
        }

        /** Returns the name of the deadline that bounds this stage; empty if none does. */
        String deadline() {
            return deadline;
        }
    }

    static final FamilyProgress WITHOUT_DATASET = new FamilyProgress(0, Stage.SLICING, 0, null, null);

    static FamilyProgress queued(int attempt) {
        return new FamilyProgress(attempt, Stage.QUEUED, 0, null, null);
    }

    /** Returns whether this attempt is the current one and has not ended. */
    boolean isRunning(int run) {
        return (stage == Stage.QUEUED || stage == Stage.TRAINING) && attempt == run;
    }

    boolean isQueued(int run, int claimed) {
        return stage == Stage.QUEUED && attempt == run && claim == claimed;
    }

    boolean isTraining(int run, int claimed) {
        return stage == Stage.TRAINING && attempt == run && claim == claimed;
    }

    boolean isPromoting(int number) {
        return stage == Stage.PROMOTING && version != null && version == number;
    }

    FamilyProgress training(int claimed) {
        return new FamilyProgress(attempt, Stage.TRAINING, claimed, null, null);
    }

    FamilyProgress queuedAgain() {
        return new FamilyProgress(attempt, Stage.QUEUED, claim, null, null);
    }

    FamilyProgress registering() {
        return new FamilyProgress(attempt, Stage.REGISTERING, claim, null, null);
    }

    FamilyProgress promoting(int number) {
        return new FamilyProgress(attempt, Stage.PROMOTING, claim, number, null);
    }

    FamilyProgress settled() {
        return new FamilyProgress(attempt, Stage.SETTLED, claim, version, null);
    }

    FamilyProgress withDeadline(String deadline) {
        return new FamilyProgress(attempt, stage, claim, version, deadline);
    }
}
