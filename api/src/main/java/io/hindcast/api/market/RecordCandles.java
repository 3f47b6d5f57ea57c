package io.hindcast.api.market;

import java.time.Instant;
import java.time.LocalDate;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Records closed bars of one symbol and UTC day: one for a live bar, up to a day for a backfill. Bars already held with
 * the same values are dropped; with other values they become a new revision (from {@link CandleSource#LIVE} or
 * {@link CandleSource#REPAIR}). Answered by a {@link CandlesReceipt}.
 *
 * @param knownAt market time at which these bars were received; not before the close of any of them
 */
public record RecordCandles(
        @TargetAggregateIdentifier MarketDayId marketDay, CandleSource source, Instant knownAt, Candles candles) {

    public static RecordCandles of(
            Symbol symbol, Interval interval, LocalDate day, CandleSource source, Instant knownAt, Candles candles) {
        return new RecordCandles(new MarketDayId(symbol, interval, day), source, knownAt, candles);
    }
}
