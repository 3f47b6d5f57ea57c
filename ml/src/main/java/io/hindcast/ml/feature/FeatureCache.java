package io.hindcast.ml.feature;

import io.hindcast.api.market.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Cache of the features of the latest bars, so that overlapping windows compute each bar's once. Bounded. A bar that is
 * recorded late evicts the features that it changes. Not thread-safe.
 */
final class FeatureCache {

    private static final long BAR = Interval.ONE_MINUTE.millis();

    private final @Nullable Entry[] ring;
    private long latest = Long.MIN_VALUE;

    FeatureCache(int capacity) {
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

    /** Caches the features of a bar as of the moment when it became known. */
    void put(long openTime, long moment, double[] features) {
        ring[slot(openTime)] = new Entry(openTime, moment, features);
        latest = Math.max(latest, openTime);
    }

    /**
     * Evicts the features that a newly recorded bar changes: those of bars that open at or after it and became known at
     * or after {@code knownAt}.
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

    /** Evicts the features of bars that became known at or after a moment from which a new score takes effect. */
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
