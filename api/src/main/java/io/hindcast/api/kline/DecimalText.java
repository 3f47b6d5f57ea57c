package io.hindcast.api.kline;

/**
 * Reads plain decimals (an optional sign, digits, an optional point) without making objects. A decimal is a whole
 * number and a scale without trailing zeros, packed by the caller as it likes.
 */
public final class DecimalText {

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private long unscaled;
    private int scale;

    /** The last value read, without its point. */
    public long unscaled() {
        return unscaled;
    }

    /** Digits after the point of the last value read, trailing zeros not counted. */
    public int scale() {
        return scale;
    }

    /**
     * Reads the bytes from {@code start} up to {@code end}; false if they are no plain decimal of at most 18 digits.
     */
    public boolean read(byte[] text, int start, int end) {
        int at = start;
        boolean negative = at < end && text[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        int digits = 0;
        int afterPoint = -1;
        int zeros = 0;
        boolean any = false;
        for (; at < end; at++) {
            byte c = text[at];
            if (c >= '0' && c <= '9') {
                any = true;
                if (afterPoint >= 0 && c == '0') {
                    zeros++;
                    continue;
                }
                int push = zeros + 1;
                if (digits + push > 18 && value != 0) {
                    return false;
                }
                value = value == 0 ? c - '0' : value * POWERS[push] + (c - '0');
                digits = value == 0 ? 0 : digits + push;
                if (afterPoint >= 0) {
                    afterPoint += push;
                }
                zeros = 0;
            } else if (c == '.' && afterPoint < 0) {
                afterPoint = 0;
            } else {
                return false;
            }
        }
        if (!any || afterPoint > 18) {
            return false;
        }
        unscaled = negative ? -value : value;
        scale = value == 0 ? 0 : Math.max(afterPoint, 0);
        return true;
    }

    /** {@code value} times ten to the {@code power}. */
    public static long rescaled(long value, int power) {
        return power == 0 || value == 0 ? value : Math.multiplyExact(value, POWERS[power]);
    }

    /** Whether 63 bits hold {@code value} times ten to the {@code power}, for a power of 0 or more. */
    public static boolean fits(long value, int power) {
        return value == 0 || (power < POWERS.length && Math.abs(value) <= Long.MAX_VALUE / POWERS[power]);
    }

    /**
     * Writes a whole number of {@code 10^-scale} with exactly {@code places} decimals, {@code places} at least the
     * scale.
     */
    public static void write(StringBuilder out, long value, int scale, int places) {
        long unit = POWERS[scale];
        out.append(value / unit);
        if (places == 0) {
            return;
        }
        out.append('.');
        long fraction = value % unit;
        for (int digit = scale - 1; digit >= 0; digit--) {
            out.append((char) ('0' + fraction / POWERS[digit] % 10));
        }
        for (int i = scale; i < places; i++) {
            out.append('0');
        }
    }
}
