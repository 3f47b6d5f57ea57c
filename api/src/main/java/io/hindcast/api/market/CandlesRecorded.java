package io.hindcast.api.market;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Closed bars entered the log: one event type for a live bar, a repair and a day of history.
 *
 * @param marketDay symbol, interval and UTC day of all these bars
 * @param knownAt market time at which they were received
 * @param candles the bars, in ascending order of minute, no minute twice
 * @param revision for each row 0 for a bar first seen, n for its n-th correction
 */
@Revision("1")
public record CandlesRecorded(
        MarketDayId marketDay, CandleSource source, Instant knownAt, Candles candles, List<Integer> revision)
        implements MarketEvent {

    public CandlesRecorded {
        if (revision.size() != candles.size()) {
            throw new IllegalArgumentException(
                    "revision has " + revision.size() + " rows, candles have " + candles.size());
        }
    }

    @Override
    public Symbol symbol() {
        return marketDay.symbol();
    }

    public LocalDate day() {
        return marketDay.day();
    }

    /** Returns when a row was known here: at its own close if it is history, else when it was received. */
    public Instant knownAt(int row) {
        return source == CandleSource.HISTORY ? marketDay.interval().closeOf(candles.openTime(day(), row)) : knownAt;
    }
}
