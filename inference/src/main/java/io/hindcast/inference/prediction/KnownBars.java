package io.hindcast.inference.prediction;

import io.hindcast.history.market.CandleDay;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.KnownBar;

/** Recorded bars in the form in which models and labels are computed from them. */
public final class KnownBars {

    private KnownBars() {}

    public static KnownBar of(CandleDay day, int row) {
        return new KnownBar(
                new Bar(
                        day.openTime(row),
                        day.open(row),
                        day.high(row),
                        day.low(row),
                        day.close(row),
                        day.volume(row),
                        day.quoteVolume(row),
                        day.trades(row),
                        day.takerBuyVolume(row),
                        day.takerBuyQuoteVolume(row)),
                day.revision(row),
                day.knownAt(row));
    }
}
