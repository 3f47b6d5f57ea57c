package io.hindcast.ml.feature;

import io.hindcast.api.market.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Features computed lately, so that windows that overlap compute each bar's once. Holds a bounded number of the latest
 * bars asked for; one that is recorded late drops those whose features it changes.
 */
final class RecentFeatures {

    private static final long BAR = Interval.ONE_MINUTE.millis();

    private final @Nullable Entry[] ring;
    private long latest = Long.MIN_VALUE;

    RecentFeatures(int capacity) {
        ring = new Entry[capacity];
    }

    private static final class Entry {
        final long openTime;
        final long moment;
        final double[] features;

        Entry(long openTime, long moment, double[] features) {
            this.openTime = openTime;
            this.moment = moment;
            this.features = features;
        }
    }

    double @Nullable [] get(long openTime) {
        Entry entry = ring[slot(openTime)];
        return entry != null && entry.openTime == openTime ? entry.features : null;
    }

    /** Keeps the features that a bar had at the moment it became known. */
    void put(long openTime, long moment, double[] features) {
        ring[slot(openTime)] = new Entry(openTime, moment, features);
        latest = Math.max(latest, openTime);
    }

    /**
     * A bar was recorded that is known from {@code knownAt} on: what followed it and was known no earlier has to be
     * computed anew.
     */
    void recorded(long openTime, long knownAt) {
        if (openTime > latest) {
            return;
        }
        for (int i = 0; i < ring.length; i++) {
            Entry entry = ring[i];
            if (entry != null && entry.openTime >= openTime && entry.moment >= knownAt) {
                ring[i] = null;
            }
        }
    }

    /** Something is known from this moment on: whatever became known no earlier has to be computed anew. */
    void learned(long knownAt) {
        for (int i = 0; i < ring.length; i++) {
            Entry entry = ring[i];
            if (entry != null && entry.moment >= knownAt) {
                ring[i] = null;
            }
        }
    }

    private int slot(long openTime) {
        return (int) Math.floorMod(openTime / BAR, (long) ring.length);
    }
}
