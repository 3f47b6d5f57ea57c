package io.hindcast.runtime;

import java.time.Instant;

/**
 * A part of this process that does not work, or something that was given up for good, with its remedy.
 *
 * @param part name of the part for people, such as {@code feed of BTCUSDT}; unique among current outages
 * @param severity effect on the platform
 * @param problem one sentence: what failed, and where
 * @param remedy one sentence: what to do, or why nothing has to be done
 * @param since wall time at which the outage began or the loss occurred
 */
public record Outage(String part, Severity severity, String problem, String remedy, Instant since) {

    /** Effect of an outage on the platform. */
    public enum Severity {
        /** The part does not work and the process is not ready. */
        DOWN,
        /** The part does not work; everything else goes on without it. */
        DEGRADED,
        /** Something was given up for good and the part goes on. It stays on record until the process ends. */
        LOST
    }

    /** Returns the problem and the remedy in one line. */
    public String summary() {
        return sentence(problem) + " " + sentence(remedy);
    }

    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}
