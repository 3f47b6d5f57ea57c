package io.hindcast.inference.prediction;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.Sentiment;
import io.hindcast.ml.feature.FeatureSet;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The features of one symbol's bars, one window per feature set, loaded from the log on first use. */
final class SymbolFeatures {

    private final Symbol symbol;
    private final FeatureSources log;
    private final InstantSource marketClock;
    private final StateLoader loader;
    private final Map<FeatureSet, FeatureWindow> windows = new HashMap<>();
    private final Map<FeatureSet, CompletableFuture<FeatureWindow>> loading = new HashMap<>();

    SymbolFeatures(Symbol symbol, FeatureSources log, InstantSource marketClock, StateLoader loader) {
        this.symbol = symbol;
        this.log = log;
        this.marketClock = marketClock;
        this.loader = loader;
    }

    /**
     * Returns the window of a feature set, which covers bars from {@code day} on.
     *
     * @throws StateLoadingException while the window is being loaded
     */
    FeatureWindow window(FeatureSet set, LocalDate day) {
        FeatureWindow window = windows.get(set);
        if (window == null) {
            LocalDate today = UtcDay.of(marketClock.instant());
            CompletableFuture<FeatureWindow> reading =
                    loader.load(loading.get(set), () -> new FeatureWindow(set, symbol, log, day, today));
            loading.put(set, reading);
            window = loader.await(reading, "the candles of " + symbol + " are being read");
            windows.put(set, window);
            loading.remove(set);
        }
        return window;
    }

    /** Adds an event's bars to all windows. */
    void add(CandlesRecorded event) {
        windows.values().forEach(window -> window.add(event));
    }

    /** Adds a score that has taken effect to all windows. */
    void add(Sentiment.Score score) {
        windows.values().forEach(window -> window.add(score));
    }

    /**
     * Drops state that only served the bars handled so far.
     *
     * @param openTime of the latest bar handled, milliseconds since 1970
     */
    void forgetBefore(long openTime) {
        windows.values().forEach(window -> window.forgetBefore(openTime));
    }

    /** Drops all windows, which may contain events that were rolled back. Windows being loaded contain none. */
    void dropLoaded() {
        windows.clear();
    }

    /** Drops windows that are loaded but not in use: they lack the events handled since they were read. */
    void dropLoading() {
        loading.clear();
    }
}
