package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The bars recorded last, to distinguish a repetition from a correction. Bounded; not thread-safe. */
final class RecentBars {

    private final TreeMap<Instant, Candle> bars = new TreeMap<>();
    private final int limit;

    RecentBars(int limit) {
        this.limit = limit;
    }

    void add(Candle bar) {
        bars.put(bar.openTime(), bar);
        if (bars.size() > limit) {
            bars.pollFirstEntry();
        }
    }

    @Nullable Candle at(Instant openTime) {
        return bars.get(openTime);
    }

    /** Removes the bars that open at or after this time, which were not acknowledged. */
    void forgetFrom(Instant openTime) {
        bars.tailMap(openTime, true).clear();
    }
}
