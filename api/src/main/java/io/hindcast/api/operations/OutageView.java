package io.hindcast.api.operations;

import java.time.Instant;

/**
 * A part that does not do its work, or something that was given up for good, with the way out.
 *
 * @param part as a person calls it: {@code feed of BTCUSDT}
 * @param problem one sentence that names what went wrong and where
 * @param remedy one sentence that says what to do, or that nothing has to be done and why
 * @param since wall time at which it began or was given up
 */
public record OutageView(String part, Severity severity, String problem, String remedy, Instant since) {

    /** How bad it is. */
    public enum Severity {
        /** The part does not work and the process is not ready. */
        DOWN,
        /** The part does not work; everything else goes on without it. */
        DEGRADED,
        /** Something was given up for good; the part goes on. */
        LOST
    }
}
