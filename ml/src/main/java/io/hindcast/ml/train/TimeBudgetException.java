package io.hindcast.ml.train;

import java.time.Duration;

/** Thrown if the time budget of a training ends before there is a model to keep. */
public final class TimeBudgetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TimeBudgetException(Duration budget, String where) {
        super("the time budget of " + words(budget) + " was spent " + where + ": there is nothing to keep");
    }

    /** Formats a duration as in {@code 1h 30m} or {@code 2.5s}. */
    private static String words(Duration time) {
        return time.toString().substring(2).replaceAll("([HM])(?!$)", "$1 ").toLowerCase(java.util.Locale.ROOT);
    }
}
