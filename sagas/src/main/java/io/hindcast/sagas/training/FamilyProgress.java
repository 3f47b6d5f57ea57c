package io.hindcast.sagas.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How far one family of a cycle has come.
 *
 * @param attempt the run that counts now, from 1
 * @param version number of the version it became, once registered
 * @param deadline identity of the deadline that is set, if one is
 */
record FamilyProgress(
        @JsonProperty("attempt") int attempt,
        @JsonProperty("stage") Stage stage,
        @JsonProperty("version") @Nullable Integer version,
        @JsonProperty("deadline") @Nullable String deadline) {

    enum Stage {
        /** A worker has it. */
        TRAINING,
        /** A candidate exists and is being made a version. */
        REGISTERING,
        /** The version waits for its lane. */
        PROMOTING,
        /** Live, abandoned or given up: nothing more to do in this cycle. */
        SETTLED
    }

    static FamilyProgress attempt(int attempt) {
        return new FamilyProgress(attempt, Stage.TRAINING, null, null);
    }

    boolean trains(int run) {
        return stage == Stage.TRAINING && attempt == run;
    }

    boolean promotes(int number) {
        return stage == Stage.PROMOTING && version != null && version == number;
    }

    FamilyProgress registering() {
        return new FamilyProgress(attempt, Stage.REGISTERING, null, null);
    }

    FamilyProgress promoting(int number) {
        return new FamilyProgress(attempt, Stage.PROMOTING, number, null);
    }

    FamilyProgress settled() {
        return new FamilyProgress(attempt, Stage.SETTLED, version, null);
    }

    FamilyProgress until(String deadline) {
        return new FamilyProgress(attempt, stage, version, deadline);
    }
}
