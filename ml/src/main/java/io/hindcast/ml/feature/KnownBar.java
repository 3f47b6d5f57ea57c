package io.hindcast.ml.feature;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.RecordedBars;
import java.time.Instant;

/**
 * A bar together with the moment from which it is visible. Every conversion of recorded or archived candles into the
 * form in which features and labels are computed is here.
 *
 * @param revision 0 for the bar as first seen, n for its n-th correction
 * @param knownAt market time from which it may be used, epoch milliseconds UTC
 */
public record KnownBar(Bar bar, int revision, long knownAt) {

    public KnownBar {
        if (revision < 0) {
            throw new IllegalArgumentException("revision " + revision + " of the bar at " + bar.openTime()
                    + ", expected 0 for the bar as first seen or the number of its correction");
        }
    }

    /** Returns one row of the log's columns. */
    public static KnownBar of(RecordedBars bars, int row) {
        return new KnownBar(
                new Bar(
                        bars.openTime(row),
                        bars.open(row),
                        bars.high(row),
                        bars.low(row),
                        bars.close(row),
                        bars.volume(row),
                        bars.quoteVolume(row),
                        bars.trades(row),
                        bars.takerBuyVolume(row),
                        bars.takerBuyQuoteVolume(row)),
                bars.revision(row),
                bars.knownAt(row));
    }

    /** Returns a candle with its revision and the moment at which it was received. */
    public static KnownBar of(Candle candle, int revision, Instant knownAt) {
        return new KnownBar(Bar.of(candle), revision, knownAt.toEpochMilli());
    }

    /** Returns a bar of history, which counts as known at its own close. */
    public static KnownBar atClose(Bar bar) {
        return new KnownBar(bar, 0, bar.openTime() + Interval.ONE_MINUTE.millis());
    }
}
