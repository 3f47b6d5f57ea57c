package io.hindcast.ml.feature;

import io.hindcast.api.market.Interval;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All recorded revisions of every minute, in memory. Not thread-safe. */
final class RecordedRevisions {

    static final long NEVER = Long.MAX_VALUE;

    private static final long BAR = Interval.ONE_MINUTE.millis();
    private static final long DAY = 86_400_000L;
    private static final int BARS_A_DAY = (int) (DAY / BAR);

    private final TreeMap<Long, @Nullable Revision[]> days = new TreeMap<>();
    private long cachedDay = Long.MIN_VALUE;
    private @Nullable Revision @Nullable [] cachedBars;

    /** One revision of a minute, linked to the next lower one. */
    static final class Revision {
        final KnownBar known;
        final @Nullable Revision lower;

        private Revision(KnownBar known, @Nullable Revision lower) {
            this.known = known;
            this.lower = lower;
        }

        /** Returns these revisions and one more; the same object if that one is already among them. */
        private static @Nullable Revision with(@Nullable Revision held, KnownBar known) {
            if (held == null || held.known.revision() < known.revision()) {
                return new Revision(known, held);
            }
            if (held.known.revision() == known.revision()) {
                return held;
            }
            Revision lower = with(held.lower, known);
            return lower == held.lower ? held : new Revision(held.known, lower);
        }
    }

    /** Adds a revision; returns false if it is recorded already. */
    boolean add(KnownBar known) {
        long openTime = known.bar().openTime();
        @Nullable Revision[] bars = days.computeIfAbsent(Math.floorDiv(openTime, DAY), _ -> new Revision[BARS_A_DAY]);
        int minute = (int) (Math.floorMod(openTime, DAY) / BAR);
        @Nullable Revision before = bars[minute];
        Revision after = Revision.with(before, known);
        if (after == before) {
            return false;
        }
        bars[minute] = after;
        cachedDay = Long.MIN_VALUE;
        return true;
    }

    /** Returns the highest revision of a minute; null if there is none. */
    @Nullable Revision highest(long openTime) {
        long day = Math.floorDiv(openTime, DAY);
        if (day != cachedDay) {
            cachedDay = day;
            cachedBars = days.get(day);
        }
        return cachedBars == null ? null : cachedBars[(int) (Math.floorMod(openTime, DAY) / BAR)];
    }

    /** Returns when revision 0 of a minute became known; {@link #NEVER} if it is not recorded. */
    long firstKnownAt(long openTime) {
        if (Math.floorMod(openTime, BAR) != 0) {
            return NEVER;
        }
        Revision r = highest(openTime);
        while (r != null && r.lower != null) {
            r = r.lower;
        }
        return r == null || r.known.revision() != 0 ? NEVER : r.known.knownAt();
    }

    /** Discards the days before the one of a moment. */
    void forgetBefore(long moment) {
        days.headMap(Math.floorDiv(moment, DAY)).clear();
        cachedDay = Long.MIN_VALUE;
    }
}
