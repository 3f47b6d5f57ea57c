package io.hindcast.simulator.tape;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One symbol's one-minute bars with random access by time: an archive or a generated market. The simulated exchange and
 * imports call it from many threads at once, in any order; implementations must be thread-safe, must return the same
 * bars each time, and may take the time to generate or read a day. An exception fails the caller's request.
 */
public interface Tape {

    /** Returns the symbol of the bars. */
    Symbol symbol();

    /** Returns {@link MarketOrigin#ARCHIVE} or {@link MarketOrigin#SYNTHETIC}. */
    MarketOrigin origin();

    /** Returns the source of the bars, for people: a file and its digest, or a generator and its seed. */
    String description();

    /** Returns the open time of the first bar. */
    Instant firstOpenTime();

    /** Returns the open time of the last bar, empty if there is no last one. */
    Optional<Instant> lastOpenTime();

    /** Returns the bars of a UTC day, null if there are none. */
    @Nullable TapeDay day(LocalDate day);

    /** Returns the bar that opens at {@code openTime}, if there is one. */
    default Optional<Candle> at(Instant openTime) {
        TapeDay day = day(UtcDay.of(openTime));
        if (day == null) {
            return Optional.empty();
        }
        int row = day.rowAt(openTime.toEpochMilli());
        return row < 0 ? Optional.empty() : Optional.of(day.candle(row));
    }

    /** Returns the open time of the first bar at or after {@code from}, if there is one. */
    default Optional<Instant> firstAtOrAfter(Instant from) {
        Instant begin = from.isBefore(firstOpenTime()) ? firstOpenTime() : from;
        Instant last = lastOpenTime().orElse(begin.plus(Duration.ofDays(3660)));
        for (Instant at = begin; !at.isAfter(last); at = UtcDay.end(UtcDay.of(at))) {
            TapeDay day = day(UtcDay.of(at));
            int row = day == null ? -1 : day.rowFrom(at.toEpochMilli());
            if (day != null && row < day.size()) {
                return Optional.of(Instant.ofEpochMilli(day.openMillis(row)));
            }
        }
        return Optional.empty();
    }

    /** Returns the bars that open from {@code from} up to and not including {@code to}, in order. */
    default List<Candle> candles(Instant from, Instant to) {
        List<Candle> bars = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = UtcDay.end(UtcDay.of(at))) {
            TapeDay day = day(UtcDay.of(at));
            if (day != null) {
                bars.addAll(day.candles(from.toEpochMilli(), to.toEpochMilli()));
            }
        }
        return bars;
    }
}
