package io.hindcast.api.kline;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rule by which klines become one-minute candles, the same for files, REST and streams. A kline that breaks it is left
 * out alone.
 */
public final class KlineRule {

    /** Close time of a kline that states none. */
    public static final long NO_CLOSE_TIME = -1;

    private static final long MINUTE_MILLIS = 60_000;
    /** A close time may be the last milli-, micro- or whole second of the minute, or the next open time. */
    private static final long CLOSE_TOLERANCE_MILLIS = 1_000;

    private KlineRule() {}

    /** Returns the reason why these times cannot be those of a one-minute candle, null if they can. */
    public static @Nullable Refusal checkTimes(long openMillis, long closeMillis) {
        if (openMillis % MINUTE_MILLIS != 0) {
            return new Refusal(
                    "BAD_CANDLE",
                    "open time",
                    openMillis + " (" + Instant.ofEpochMilli(openMillis) + ")",
                    "a whole minute");
        }
        if (closeMillis == NO_CLOSE_TIME) {
            return null;
        }
        long length = closeMillis - openMillis;
        if (length < 0 || length > MINUTE_MILLIS + CLOSE_TOLERANCE_MILLIS) {
            return new Refusal(
                    "BAD_CANDLE",
                    "close time of the candle at " + Instant.ofEpochMilli(openMillis),
                    length < 0 ? "before it" : Duration.ofMillis(length) + " later",
                    "within its minute");
        }
        return null;
    }

    /**
     * Returns a kline as a candle.
     *
     * @param closeMillis stated close time, or {@link #NO_CLOSE_TIME}
     * @throws RefusedException if a field is impossible in a one-minute candle; the refusal names it
     */
    public static Candle candle(
            long openMillis,
            long closeMillis,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            BigDecimal quoteVolume,
            long trades,
            BigDecimal takerBuyVolume,
            BigDecimal takerBuyQuoteVolume) {
        Refusal wrong = checkTimes(openMillis, closeMillis);
        if (wrong != null) {
            throw new RefusedException(wrong);
        }
        return new Candle(
                Instant.ofEpochMilli(openMillis),
                open,
                high,
                low,
                close,
                volume,
                quoteVolume,
                trades,
                takerBuyVolume,
                takerBuyQuoteVolume);
    }
}
