package io.hindcast.api.operations;

import java.time.Instant;

/**
 * A part that does not work, or work that was abandoned for good, with the remedy.
 *
 * @param part name for people: {@code feed of BTCUSDT}
 * @param problem one sentence that names the fault and its place
 * @param remedy one sentence with the action to take, or why none is needed
 * @param since wall time at which it began or was abandoned
 */
public record OutageView(String part, Severity severity, String problem, String remedy, Instant since) {

    /** Consequence of an outage. */
    public enum Severity {
        /** The part does not work and the process is not ready. */
        DOWN,
        /** The part does not work; everything else continues without it. */
        DEGRADED,
        /** Some work was abandoned for good; the part continues. */
        LOST
    }
}
