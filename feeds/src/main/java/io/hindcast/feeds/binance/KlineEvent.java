package io.hindcast.feeds.binance;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of a kline stream.
 *
 * @param eventTime when the exchange sent it, on its own clock
 * @param openTime of the bar that it is about
 * @param closed the bar, if it is complete
 */
public record KlineEvent(Symbol symbol, Instant eventTime, Instant openTime, Optional<Candle> closed) {}
