package io.hindcast.api.kline;

/**
 * Parser of plain decimals (an optional minus sign, digits, an optional point) that allocates nothing: the result is a
 * whole number and a scale without trailing zeros. Not thread-safe, but for its static methods.
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

    /** Returns the last value read, without its point. */
    public long unscaled() {
        return unscaled;
    }

    /** Returns the number of digits after the point of the last value read, without trailing zeros. */
    public int scale() {
        return scale;
    }

    /**
     * Reads the bytes from {@code start} up to {@code end}; returns false if they are not a plain decimal of at most 18
     * digits.
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

    /**
     * Returns {@code value} times ten to the {@code power}.
     *
     * @throws ArithmeticException if 63 bits cannot hold it
     */
    public static long rescaled(long value, int power) {
        return power == 0 || value == 0 ? value : Math.multiplyExact(value, POWERS[power]);
    }

    /** Returns whether 63 bits can hold {@code value} times ten to the {@code power}, for a power of 0 or more. */
    public static boolean fits(long value, int power) {
        return value == 0 || (power < POWERS.length && Math.abs(value) <= Long.MAX_VALUE / POWERS[power]);
    }

    /**
     * Writes a decimal that is not negative.
     *
     * @param value whole number of {@code 10^-scale}
     * @param places decimals to write, at least {@code scale}
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
