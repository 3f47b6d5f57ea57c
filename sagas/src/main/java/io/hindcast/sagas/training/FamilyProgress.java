package io.hindcast.sagas.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How far one family of a cycle has come.
 *
 * @param attempt the run that counts now, from 1
 * @param claim how often a worker has begun that run
 * @param version number of the version it became, once registered
 * @param deadline identity of the deadline that is set, if one is
 */
record FamilyProgress(
        @JsonProperty("attempt") int attempt,
        @JsonProperty("stage") Stage stage,
        @JsonProperty("claim") int claim,
        @JsonProperty("version") @Nullable Integer version,
        @JsonProperty("deadline") @Nullable String deadline) {

    enum Stage {
        /** The run waits for a worker. */
        QUEUED(ClaimDeadline.NAME),
        /** A worker works on it. */
        TRAINING(RunDeadline.NAME),
        /** A candidate exists and is being made a version. */
        REGISTERING(""),
        /** The version waits for its lane. */
        PROMOTING(PromotionDeadline.NAME),
        /** Live, abandoned or given up: nothing more to do in this cycle. */
        SETTLED("");

        private final String deadline;

        Stage(String deadline) {
            this.deadline = deadline;
        }

        /** Name of the deadline that bounds it; empty if none does. */
        String deadline() {
            return deadline;
        }
    }

    static FamilyProgress queued(int attempt) {
        return new FamilyProgress(attempt, Stage.QUEUED, 0, null, null);
    }

    /** Whether the outcome of this attempt is still open. */
    boolean isRunning(int run) {
        return (stage == Stage.QUEUED || stage == Stage.TRAINING) && attempt == run;
    }

    boolean isQueued(int run, int begun) {
        return stage == Stage.QUEUED && attempt == run && claim == begun;
    }

    boolean isTraining(int run, int begun) {
        return stage == Stage.TRAINING && attempt == run && claim == begun;
    }

    boolean isPromoting(int number) {
        return stage == Stage.PROMOTING && version != null && version == number;
    }

    FamilyProgress training(int begun) {
        return new FamilyProgress(attempt, Stage.TRAINING, begun, null, null);
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
