package io.hindcast.offline;

import io.hindcast.console.StartFailure;
import org.jspecify.annotations.Nullable;

/** Options that are numbers of something. */
final class Positive {

    private Positive() {}

    static void check(String option, @Nullable Integer given) {
        if (given != null && given < 1) {
            throw new StartFailure("--" + option + " was " + given + ", expected 1 or more.");
        }
    }
}
