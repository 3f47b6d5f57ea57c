package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The last bars that were recorded, to tell a repetition from a correction. Bounded. */
final class RecentBars {

    private final TreeMap<Instant, Candle> bars = new TreeMap<>();
    private final int most;

    RecentBars(int most) {
        this.most = most;
    }

    void add(Candle bar) {
        bars.put(bar.openTime(), bar);
        if (bars.size() > most) {
            bars.pollFirstEntry();
        }
    }

    @Nullable Candle at(Instant openTime) {
        return bars.get(openTime);
    }

    /** Forgets what was not acknowledged. */
    void forgetFrom(Instant openTime) {
        bars.tailMap(openTime, true).clear();
    }
}
