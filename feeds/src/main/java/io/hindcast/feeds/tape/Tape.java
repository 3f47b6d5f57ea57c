package io.hindcast.feeds.tape;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One symbol's one-minute bars with random access by time: an archive or a generated market. Thread-safe. */
public interface Tape {

    Symbol symbol();

    /** Either {@link MarketOrigin#ARCHIVE} or {@link MarketOrigin#SYNTHETIC}. */
    MarketOrigin origin();

    /** Where the bars come from, for people: a file and its digest, or a generator and its seed. */
    String description();

    /** Open time of the first bar. */
    Instant firstOpenTime();

    /** Open time of the last bar, empty if there is no last one. */
    Optional<Instant> lastOpenTime();

    /** The bars of a UTC day, or null if there are none. */
    @Nullable TapeDay day(LocalDate day);

    /** The bar that opens at {@code openTime}, if there is one. */
    default Optional<Candle> at(Instant openTime) {
        TapeDay day = day(openTime.atZone(ZoneOffset.UTC).toLocalDate());
        if (day == null) {
            return Optional.empty();
        }
        int row = day.rowAt(openTime.toEpochMilli());
        return row < 0 ? Optional.empty() : Optional.of(day.candle(row));
    }
}
