package io.hindcast.command.market;

import io.hindcast.api.market.Candles;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A 128-bit digest of a bar's values, independent of the scale of its decimals. A day keeps digests instead of values
 * to distinguish a repetition from a correction: 16 bytes a bar, and two different bars collide once in 2^128.
 */
final class BarDigest {

    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(62);

    long first;
    long second;

    void of(Candles bars, int row) {
        first = 0x9E3779B97F4A7C15L;
        second = 0xC2B2AE3D27D4EB4FL;
        add(bars.open().get(row));
        add(bars.high().get(row));
        add(bars.low().get(row));
        add(bars.close().get(row));
        add(bars.volume().get(row));
        add(bars.quoteVolume().get(row));
        add(bars.trades().get(row).longValue());
        add(bars.takerBuyVolume().get(row));
        add(bars.takerBuyQuoteVolume().get(row));
    }

    private void add(BigDecimal value) {
        if (value.precision() > 18) {
            BigDecimal stripped = value.stripTrailingZeros();
            add(stripped.scale());
            for (BigInteger rest = stripped.unscaledValue(); rest.signum() > 0; rest = rest.divide(WORD)) {
                add(rest.mod(WORD).longValue());
            }
            return;
        }
        long unscaled = value.unscaledValue().longValue();
        int scale = value.scale();
        while (unscaled != 0 && unscaled % 10 == 0) {
            unscaled /= 10;
            scale--;
        }
        add(unscaled == 0 ? 0 : scale);
        add(unscaled);
    }

    private void add(long word) {
        first = mix(first ^ word) * 0xFF51AFD7ED558CCDL + 0x52DCE729L;
        second = mix(Long.rotateLeft(second, 31) + word * 0x9FB21C651E98DF25L);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
