package io.hindcast.runtime;

import java.time.Instant;

/**
 * A part of this process that does not do its work, or something that it gave up for good, with the way out.
 *
 * @param part the part, as a person calls it: {@code feed of BTCUSDT}; unique among outages under way
 * @param severity whether the platform can do without
 * @param problem one sentence that names what went wrong and where
 * @param remedy one sentence that says what to do, or that nothing has to be done and why
 * @param since wall time at which it began or was given up
 */
public record Outage(String part, Severity severity, String problem, String remedy, Instant since) {

    /** How bad an outage is. */
    public enum Severity {
        /** The part does not work; the process is not ready. */
        DOWN,
        /** The part does not work; everything else goes on without it. */
        DEGRADED,
        /** Something was given up for good; the part goes on. It stays on record until the process ends. */
        LOST
    }

    /** The problem and the remedy in one line. */
    public String line() {
        return sentence(problem) + " " + sentence(remedy);
    }

    private static String sentence(String text) {
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0 ? text : text + ".";
    }
}
