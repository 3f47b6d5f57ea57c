package io.hindcast.query.comparison;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * Divides a period into parts that are read one after the other: the driver holds all rows of a result in memory, some
 * 200 bytes each, before the first is handled.
 */
final class Chunks {

    private static final Duration LENGTH = Duration.ofDays(31);

    private Chunks() {}

    /** Passes start (inclusive) and end (exclusive) of each part, in order of time. */
    static void each(Instant from, Instant to, BiConsumer<Instant, Instant> reader) {
        for (Instant start = from; start.isBefore(to); ) {
            Instant next = start.plus(LENGTH);
            Instant end = next.isBefore(to) ? next : to;
            reader.accept(start, end);
            start = end;
        }
    }
}
