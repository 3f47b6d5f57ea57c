package io.hindcast.feeds.market;

import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.RequestPurpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Source of closed bars of the past. An import calls it from several threads at once, first {@link #firstAtOrAfter} and
 * then {@link #candles}; gap repair calls {@link #candles} from the symbol's own thread. Methods may block and must be
 * thread-safe. A {@link io.hindcast.feeds.binance.ExchangeUnavailableException} makes the caller repeat the call later;
 * any other exception fails the symbol's turn.
 */
public interface PastCandleSource {

    /** Returns the minute of the first row at or after {@code from}, usable or not; empty if there is none. */
    Optional<Instant> firstAtOrAfter(Symbol symbol, Instant from) throws InterruptedException;

    /** Returns the bars that open from {@code from} up to and not including {@code to}, in order. */
    List<Candle> candles(Symbol symbol, Instant from, Instant to) throws InterruptedException;

    /** Returns the same bars and adds the rows that are not candles, and so left out, to {@code unusable}. */
    default List<Candle> candles(Symbol symbol, Instant from, Instant to, UnusableRows unusable)
            throws InterruptedException {
        return candles(symbol, from, to);
    }

    /** Returns the exchange's REST interface as a source. */
    static PastCandleSource of(BinanceRest rest, RequestPurpose purpose) {
        return new PastCandleSource() {
            @Override
            public Optional<Instant> firstAtOrAfter(Symbol symbol, Instant from) throws InterruptedException {
                return rest.firstAtOrAfter(symbol, from, purpose);
            }

            @Override
            public List<Candle> candles(Symbol symbol, Instant from, Instant to) throws InterruptedException {
                return rest.klines(symbol, from, to, purpose);
            }

            @Override
            public List<Candle> candles(Symbol symbol, Instant from, Instant to, UnusableRows unusable)
                    throws InterruptedException {
                return rest.klines(symbol, from, to, purpose, unusable);
            }
        };
    }
}
