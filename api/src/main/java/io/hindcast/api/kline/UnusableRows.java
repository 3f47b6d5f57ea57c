package io.hindcast.api.kline;

import io.hindcast.api.Refusal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts the rows that could not become candles, with the time they span and the reason of the first. Thread-safe. */
public final class UnusableRows {

    /** Open time of a row whose own can't be read. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private long count;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private @Nullable Refusal first;
    private String where = "";

    /**
     * Adds a row.
     *
     * @param openMillis open time it states, or {@link #NO_TIME}
     * @param why rule it broke
     * @param at where it stands, such as {@code line 7}; empty if nowhere that a person could look at
     */
    public synchronized void add(long openMillis, Refusal why, String at) {
        count++;
        if (first == null) {
            first = why;
            where = at;
        }
        if (openMillis != NO_TIME) {
            from = Math.min(from, openMillis);
            to = Math.max(to, openMillis);
        }
    }

    /** Adds the rows of another count. */
    public synchronized void addAll(UnusableRows other) {
        synchronized (other) {
            if (other.count == 0) {
                return;
            }
            if (first == null) {
                first = other.first;
                where = other.where;
            }
            count += other.count;
            from = Math.min(from, other.from);
            to = Math.max(to, other.to);
        }
    }

    /** Returns how many there are. */
    public synchronized long count() {
        return count;
    }

    /** Returns why the first one can't be used; null if all rows can. */
    public synchronized @Nullable Refusal first() {
        return first;
    }

    /** Returns where the first one stands; empty if unknown. */
    public synchronized String where() {
        return where;
    }

    /** Says how many rows, over which time, and why the first can't be used, as the beginning of a sentence. */
    @Override
    public synchronized String toString() {
        if (first == null) {
            return "0 rows";
        }
        String range = from > to
                ? ""
                : from == to
                        ? " at " + Instant.ofEpochMilli(from)
                        : " from " + Instant.ofEpochMilli(from) + " to " + Instant.ofEpochMilli(to);
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "row" : "rows") + range + " can't be used ("
                + (count == 1 ? "" : "the first: ") + first.subject() + " was " + first.actual() + ", expected "
                + first.expected() + (where.isEmpty() ? "" : ", " + where) + ")";
    }
}
