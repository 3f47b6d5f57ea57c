package io.hindcast.api.kline;

import io.hindcast.api.Refusal;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Count of the rows that are not candles, with the time they span and the reason of the first. Thread-safe. */
public final class UnusableRows {

    /** Open time of a row whose own cannot be parsed. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private long count;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private @Nullable Refusal first;
    private String where = "";

    /**
     * Adds a row.
     *
     * @param openMillis stated open time, or {@link #NO_TIME}
     * @param reason rule that the row breaks
     * @param place place of the row for people, such as {@code line 7}; empty if there is none
     */
    public synchronized void add(long openMillis, Refusal reason, String place) {
        count++;
        if (first == null) {
            first = reason;
            where = place;
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

    /** Returns the number of rows. */
    public synchronized long count() {
        return count;
    }

    /** Returns the reason of the first row, null if there is none. */
    public synchronized @Nullable Refusal first() {
        return first;
    }

    /** Returns the place of the first row, empty if unknown. */
    public synchronized String where() {
        return where;
    }

    /** Returns the number of rows, the time they span and the reason of the first, as the beginning of a sentence. */
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
