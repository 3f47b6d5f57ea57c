package io.hindcast.feeds.binance;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * One event of a kline stream.
 *
 * @param eventTime time at which the exchange sent it, on the exchange's clock
 * @param openTime open time of its bar
 * @param closed the bar if it is closed, else empty
 */
public record KlineEvent(Symbol symbol, Instant eventTime, Instant openTime, Optional<Candle> closed) {}
