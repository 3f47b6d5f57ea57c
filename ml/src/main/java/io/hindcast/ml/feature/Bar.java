package io.hindcast.ml.feature;

import io.hindcast.api.market.Candle;

/**
 * One closed bar as numbers, the form in which {@code ml} computes. Each exact decimal becomes the nearest
 * {@code double}.
 *
 * @param openTime start of the bar, epoch milliseconds UTC
 * @param open first price, above 0
 * @param high highest price
 * @param low lowest price, above 0
 * @param close last price
 * @param volume traded base amount, 0 or more
 * @param quoteVolume traded quote amount, 0 or more
 * @param trades number of trades, 0 or more
 * @param takerBuyVolume base amount bought by takers, 0 to {@code volume}
 * @param takerBuyQuoteVolume quote amount bought by takers, 0 to {@code quoteVolume}
 */
public record Bar(
        long openTime,
        double open,
        double high,
        double low,
        double close,
        double volume,
        double quoteVolume,
        long trades,
        double takerBuyVolume,
        double takerBuyQuoteVolume) {

    /** Converts a candle, whose values {@link Candle} has validated. */
    public static Bar of(Candle candle) {
        return new Bar(
                candle.openTime().toEpochMilli(),
                candle.open().doubleValue(),
                candle.high().doubleValue(),
                candle.low().doubleValue(),
                candle.close().doubleValue(),
                candle.volume().doubleValue(),
                candle.quoteVolume().doubleValue(),
                candle.trades(),
                candle.takerBuyVolume().doubleValue(),
                candle.takerBuyQuoteVolume().doubleValue());
    }
}
