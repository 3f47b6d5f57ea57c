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
        WAITING(RunUnclaimed.NAME),
        /** A worker works on it. */
        TRAINING(RunOverdue.NAME),
        /** A candidate exists and is being made a version. */
        REGISTERING(""),
        /** The version waits for its lane. */
        PROMOTING(PromotionOverdue.NAME),
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

    static FamilyProgress attempt(int attempt) {
        return new FamilyProgress(attempt, Stage.WAITING, 0, null, null);
    }

    /** Whether the outcome of this attempt is still open. */
    boolean runs(int run) {
        return (stage == Stage.WAITING || stage == Stage.TRAINING) && attempt == run;
    }

    boolean waits(int run, int begun) {
        return stage == Stage.WAITING && attempt == run && claim == begun;
    }

    boolean trains(int run, int begun) {
        return stage == Stage.TRAINING && attempt == run && claim == begun;
    }

    boolean promotes(int number) {
        return stage == Stage.PROMOTING && version != null && version == number;
    }

    FamilyProgress training(int begun) {
        return new FamilyProgress(attempt, Stage.TRAINING, begun, null, null);
    }

    FamilyProgress waiting() {
        return new FamilyProgress(attempt, Stage.WAITING, claim, null, null);
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

    FamilyProgress until(String deadline) {
        return new FamilyProgress(attempt, stage, claim, version, deadline);
    }
}
