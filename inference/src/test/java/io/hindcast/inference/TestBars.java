package io.hindcast.inference;

import io.hindcast.api.market.Candle;
import java.math.BigDecimal;

/** Bars for the tests of lanes. */
final class TestBars {

    private TestBars() {}

    /** Returns a bar with the values of a later correction by the exchange. */
    static Candle corrected(Candle bar) {
        return new Candle(
                bar.openTime(),
                bar.open(),
                bar.high().add(BigDecimal.TEN),
                bar.low(),
                bar.high(),
                bar.volume().add(BigDecimal.ONE),
                bar.quoteVolume().add(BigDecimal.TEN),
                bar.trades() + 1,
                bar.takerBuyVolume(),
                bar.takerBuyQuoteVolume());
    }
}
