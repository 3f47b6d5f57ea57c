package io.hindcast.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.news.archive.NewsTape;
import io.hindcast.runtime.MarketClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Markets whose news are collected, and how recorded news are played beside simulated ones.
 *
 * @param symbols markets that articles may be about
 * @param playback present if the markets are simulated
 */
public record NewsPlan(List<Symbol> symbols, Optional<Playback> playback) {

    /**
     * Playback of articles beside a simulated market.
     *
     * @param clock market time, which can be awaited
     * @param from articles published earlier are left out: there are no candles to go with them
     * @param liveFrom market time at which the market goes live on its first start
     * @param generated articles of generated markets, played unless an archive is configured
     */
    public record Playback(MarketClock clock, Instant from, Instant liveFrom, List<NewsTape> generated) {}
}
