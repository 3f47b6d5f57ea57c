package io.hindcast.feeds.market;

import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.Patience;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where closed bars of the past can be had. Thread-safe. */
public interface PastCandleSource {

    /**
     * The minute of the first row at or after {@code from}, usable or not, if there is one: where the history begins.
     */
    Optional<Instant> firstAtOrAfter(Symbol symbol, Instant from) throws InterruptedException;

    /** The bars that open from {@code from} up to and not including {@code to}, in order. */
    List<Candle> candles(Symbol symbol, Instant from, Instant to) throws InterruptedException;

    /** The same, and counts the rows that are no candles and so left out. */
    default List<Candle> candles(Symbol symbol, Instant from, Instant to, UnusableRows unusable)
            throws InterruptedException {
        return candles(symbol, from, to);
    }

    /** The exchange's REST interface. */
    static PastCandleSource of(BinanceRest rest, Patience patience) {
        return new PastCandleSource() {
            @Override
            public Optional<Instant> firstAtOrAfter(Symbol symbol, Instant from) throws InterruptedException {
                return rest.firstAtOrAfter(symbol, from, patience);
            }

            @Override
            public List<Candle> candles(Symbol symbol, Instant from, Instant to) throws InterruptedException {
                return rest.klines(symbol, from, to, patience);
            }

            @Override
            public List<Candle> candles(Symbol symbol, Instant from, Instant to, UnusableRows unusable)
                    throws InterruptedException {
                return rest.klines(symbol, from, to, patience, unusable);
            }
        };
    }
}
