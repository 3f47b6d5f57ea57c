package io.hindcast.offline;

import io.hindcast.console.StartFailure;
import org.jspecify.annotations.Nullable;

/** Checks of numeric options. */
final class NumericOptions {

    private NumericOptions() {}

    static void checkPositive(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new StartFailure("--" + option + " was " + value + ", expected 1 or more.");
        }
    }

    /** Returns a fee in percent as a fraction. */
    static double feeRate(double percent) {
        if (!(percent >= 0 && percent < 100)) {
            throw new StartFailure("--fee was " + percent + ", expected percent from 0 to below 100.");
        }
        return percent / 100;
    }
}
