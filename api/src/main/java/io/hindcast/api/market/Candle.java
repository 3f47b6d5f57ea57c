package io.hindcast.api.market;

import io.hindcast.api.RefusedException;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * One closed bar. Prices and volumes are exact decimals whose scale has no meaning: they are normalised (no trailing
 * zeros, never an exponent), so that equality is equality of value.
 *
 * @param openTime start of the bar, UTC
 * @param open first price, in quote currency, above 0
 * @param high highest price, at least every other price of the bar
 * @param low lowest price, above 0, at most every other price of the bar
 * @param close last price
 * @param volume traded amount in base currency, 0 or more
 * @param quoteVolume traded amount in quote currency, 0 or more
 * @param trades number of trades, 0 or more
 * @param takerBuyVolume base amount bought by takers, between 0 and {@code volume}
 * @param takerBuyQuoteVolume quote amount bought by takers, between 0 and {@code quoteVolume}
 */
public record Candle(
        Instant openTime,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal quoteVolume,
        long trades,
        BigDecimal takerBuyVolume,
        BigDecimal takerBuyQuoteVolume) {

    /** Normalises decimals and refuses a bar that is impossible on any market. */
    public Candle {
        open = Decimals.normalised(open);
        high = Decimals.normalised(high);
        low = Decimals.normalised(low);
        close = Decimals.normalised(close);
        volume = Decimals.normalised(volume);
        quoteVolume = Decimals.normalised(quoteVolume);
        takerBuyVolume = Decimals.normalised(takerBuyVolume);
        takerBuyQuoteVolume = Decimals.normalised(takerBuyQuoteVolume);
        atLeastZero(openTime, "volume", volume);
        atLeastZero(openTime, "quoteVolume", quoteVolume);
        atLeastZero(openTime, "takerBuyVolume", takerBuyVolume);
        atLeastZero(openTime, "takerBuyQuoteVolume", takerBuyQuoteVolume);
        if (low.signum() <= 0) {
            throw refused(openTime, "low", low, "above 0");
        }
        if (trades < 0) {
            throw refused(openTime, "trades", trades, "0 or more");
        }
        atLeastLow(openTime, "open", open, low);
        atLeastLow(openTime, "close", close, low);
        atMost(openTime, "open", open, "high", high);
        atMost(openTime, "close", close, "high", high);
        atMost(openTime, "takerBuyVolume", takerBuyVolume, "volume", volume);
        atMost(openTime, "takerBuyQuoteVolume", takerBuyQuoteVolume, "quoteVolume", quoteVolume);
    }

    private static void atLeastZero(Instant openTime, String field, BigDecimal value) {
        if (value.signum() < 0) {
            throw refused(openTime, field, value, "0 or more");
        }
    }

    private static void atLeastLow(Instant openTime, String field, BigDecimal value, BigDecimal low) {
        if (value.compareTo(low) < 0) {
            throw refused(openTime, field, value, "at least low " + low);
        }
    }

    private static void atMost(Instant openTime, String field, BigDecimal value, String whole, BigDecimal most) {
        if (value.compareTo(most) > 0) {
            throw refused(openTime, field, value, "at most " + whole + " " + most);
        }
    }

    /** Builds its text only when it is thrown: a year of minutes is checked half a million times. */
    private static RefusedException refused(Instant openTime, String field, Object actual, String expected) {
        return RefusedException.of("BAD_CANDLE", field + " of the candle at " + openTime, actual, expected);
    }
}
