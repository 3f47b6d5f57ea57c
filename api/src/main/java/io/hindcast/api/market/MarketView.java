package io.hindcast.api.market;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A market in its read model, which may be slightly behind the log.
 *
 * @param liveFrom open time of the first bar that is not history, once it went live
 * @param firstOpenTime of the earliest bar held
 * @param lastOpenTime of the latest bar held
 * @param lastClose its closing price
 * @param candles bars held
 */
public record MarketView(
        Symbol symbol,
        Interval interval,
        MarketOrigin origin,
        String description,
        Optional<Instant> liveFrom,
        Optional<Instant> firstOpenTime,
        Optional<Instant> lastOpenTime,
        Optional<BigDecimal> lastClose,
        long candles) {}
