package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.Patience;
import io.hindcast.feeds.tape.Tape;
import io.hindcast.feeds.tape.TapeDay;
import io.hindcast.feeds.tape.UnusableRows;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where closed bars of the past can be had. Thread-safe. */
public interface CandleSupply {

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
    static CandleSupply of(BinanceRest rest, Patience patience) {
        return new CandleSupply() {
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

    /** A tape, without an exchange between. */
    static CandleSupply of(Tape tape) {
        return new CandleSupply() {
            @Override
            public Optional<Instant> firstAtOrAfter(Symbol symbol, Instant from) {
                Instant begin = from.isBefore(tape.firstOpenTime()) ? tape.firstOpenTime() : from;
                Instant last = tape.lastOpenTime().orElse(begin.plus(Duration.ofDays(3660)));
                for (Instant at = begin; !at.isAfter(last); at = nextDay(at)) {
                    TapeDay day = tape.day(dayOf(at));
                    int row = day == null ? -1 : day.rowFrom(at.toEpochMilli());
                    if (day != null && row < day.size()) {
                        return Optional.of(Instant.ofEpochMilli(day.openMillis(row)));
                    }
                }
                return Optional.empty();
            }

            @Override
            public List<Candle> candles(Symbol symbol, Instant from, Instant to) {
                List<Candle> bars = new ArrayList<>();
                for (Instant at = from; at.isBefore(to); at = nextDay(at)) {
                    TapeDay day = tape.day(dayOf(at));
                    if (day != null) {
                        bars.addAll(day.candles(from.toEpochMilli(), to.toEpochMilli()));
                    }
                }
                return bars;
            }
        };
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Instant nextDay(Instant time) {
        return dayOf(time).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
