package io.hindcast.api.kline;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides which klines become one-minute candles: the same rule for files, for REST and for the stream. A kline that
 * breaks it costs its own minute and nothing else.
 */
public final class KlineRule {

    /** Close time of a kline that states none. */
    public static final long NO_CLOSE_TIME = -1;

    private static final long MINUTE_MILLIS = 60_000;
    /** Close times are written as the last milli-, micro- or whole second, or as the next open time. */
    private static final long CLOSE_TOLERANCE_MILLIS = 1_000;

    private KlineRule() {}

    /** Returns the reason why these times can't be those of a one-minute candle; null if they can. */
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
     * Makes a candle of a kline.
     *
     * @param closeMillis stated close time, or {@link #NO_CLOSE_TIME}
     * @throws RefusedException naming the field that no one-minute candle could have
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
