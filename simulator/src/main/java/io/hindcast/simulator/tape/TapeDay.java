package io.hindcast.simulator.tape;

import io.hindcast.api.kline.DecimalText;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.UtcDay;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bars of one UTC day as whole numbers with one decimal scale per column: exact, and some 70 bytes a bar, so that a
 * year of minutes stays below 40 MB. Immutable.
 */
public final class TapeDay {

    /** The decimal columns, in Binance's order. */
    public enum Column {
        OPEN(0),
        HIGH(1),
        LOW(2),
        CLOSE(3),
        VOLUME(4),
        QUOTE_VOLUME(5),
        TAKER_BUY_VOLUME(6),
        TAKER_BUY_QUOTE_VOLUME(7);

        private final int index;

        Column(int index) {
            this.index = index;
        }

        /** Returns the column's position, from 0. */
        public int index() {
            return index;
        }
    }

    private static final int COLUMNS = Column.values().length;
    private static final long DAY_MILLIS = UtcDay.LENGTH.toMillis();
    private static final long MINUTE_MILLIS = Interval.ONE_MINUTE.millis();
    private static final int MINUTES = Interval.ONE_MINUTE.perDay();
    private static final short[] ALL_MINUTES = new short[MINUTES];

    static {
        for (short minute = 0; minute < MINUTES; minute++) {
            ALL_MINUTES[minute] = minute;
        }
    }

    private final LocalDate day;
    private final long midnight;
    private final short[] minute;
    private final long[][] unscaled;
    private final byte[] scale;
    private final int[] trades;

    private TapeDay(LocalDate day, short[] minute, long[][] unscaled, byte[] scale, int[] trades) {
        this.day = day;
        this.midnight = UtcDay.start(day).toEpochMilli();
        this.minute = minute;
        this.unscaled = unscaled;
        this.scale = scale;
        this.trades = trades;
    }

    /** Returns the day. */
    public LocalDate day() {
        return day;
    }

    /** Returns the number of bars. */
    public int size() {
        return minute.length;
    }

    /** Returns the open time of a row in epoch milliseconds. */
    public long openMillis(int row) {
        return midnight + minute[row] * MINUTE_MILLIS;
    }

    /** Returns the row of the bar that opens at this time, negative if there is none. */
    public int rowAt(long openMillis) {
        int wanted = minuteOf(openMillis, midnight);
        if (wanted < 0) {
            return -1;
        }
        if (wanted < minute.length && minute[wanted] == wanted) {
            return wanted;
        }
        int found = Arrays.binarySearch(minute, (short) wanted);
        return found < 0 ? -1 : found;
    }

    /** Returns the first row that opens at or after this time, {@link #size()} if there is none. */
    public int rowFrom(long openMillis) {
        long offset = openMillis - midnight;
        if (offset <= 0) {
            return 0;
        }
        if (offset >= DAY_MILLIS) {
            return size();
        }
        int wanted = (int) ((offset + MINUTE_MILLIS - 1) / MINUTE_MILLIS);
        int found = Arrays.binarySearch(minute, (short) wanted);
        return found < 0 ? -found - 1 : found;
    }

    /** Returns a value as a whole number of {@code 10^-scale(column)}. */
    public long unscaled(Column column, int row) {
        return unscaled[column.index()][row];
    }

    /** Returns the number of decimals of a column's values. */
    public int scale(Column column) {
        return scale[column.index()];
    }

    /** Returns a value. */
    public BigDecimal value(Column column, int row) {
        return BigDecimal.valueOf(unscaled(column, row), scale(column));
    }

    /** Returns the number of trades of a row. */
    public long trades(int row) {
        return trades[row];
    }

    /** Returns a row as a candle. */
    public Candle candle(int row) {
        return new Candle(
                Instant.ofEpochMilli(openMillis(row)),
                value(Column.OPEN, row),
                value(Column.HIGH, row),
                value(Column.LOW, row),
                value(Column.CLOSE, row),
                value(Column.VOLUME, row),
                value(Column.QUOTE_VOLUME, row),
                trades(row),
                value(Column.TAKER_BUY_VOLUME, row),
                value(Column.TAKER_BUY_QUOTE_VOLUME, row));
    }

    /** Returns the bars that open from {@code fromMillis} up to and not including {@code toMillis}, in order. */
    public List<Candle> candles(long fromMillis, long toMillis) {
        int first = rowFrom(fromMillis);
        int end = rowFrom(toMillis);
        List<Candle> bars = new ArrayList<>(Math.max(0, end - first));
        for (int row = first; row < end; row++) {
            bars.add(candle(row));
        }
        return bars;
    }

    /** Returns the number of a whole minute in the day, from 0, negative if the time is not one. */
    private static int minuteOf(long openMillis, long midnight) {
        long offset = openMillis - midnight;
        return offset < 0 || offset >= DAY_MILLIS || offset % MINUTE_MILLIS != 0 ? -1 : (int) (offset / MINUTE_MILLIS);
    }

    /** Collects the bars of a day, in any order. Not thread-safe. */
    public static final class Builder {

        private final LocalDate day;
        private final long midnight;
        private final byte[] scale = new byte[COLUMNS];
        private final long[][] unscaled = new long[COLUMNS][MINUTES];
        private final long[] largest = new long[COLUMNS];
        private final int[] trades = new int[MINUTES];
        private final BitSet held = new BitSet(MINUTES);
        private int current = -1;

        /** Creates a builder of a day without bars. */
        public Builder(LocalDate day) {
            this.day = day;
            this.midnight = UtcDay.start(day).toEpochMilli();
        }

        /** Begins the bar that opens at this time, a whole minute of the day without a bar so far. */
        public Builder bar(long openMillis, int tradeCount) {
            int at = minuteOf(openMillis, midnight);
            if (at < 0) {
                throw new IllegalArgumentException(
                        Instant.ofEpochMilli(openMillis) + " is not a whole minute of " + day);
            }
            if (held.get(at)) {
                throw new IllegalArgumentException("minute " + at + " of " + day + " is held already");
            }
            held.set(at);
            trades[at] = tradeCount;
            current = at;
            return this;
        }

        /**
         * Sets a value of the bar begun last.
         *
         * @throws ArithmeticException if 63 bits cannot hold the column's values at their finest scale
         */
        public Builder set(Column column, long value, int valueScale) {
            int c = column.index();
            long[] values = unscaled[c];
            if (valueScale > scale[c]) {
                int power = valueScale - scale[c];
                largest[c] = DecimalText.rescaled(largest[c], power);
                for (int at = held.nextSetBit(0); at >= 0; at = held.nextSetBit(at + 1)) {
                    values[at] = DecimalText.rescaled(values[at], power);
                }
                scale[c] = (byte) valueScale;
            }
            long rescaled = DecimalText.rescaled(value, scale[c] - valueScale);
            values[current] = rescaled;
            largest[c] = Math.max(largest[c], Math.abs(rescaled));
            return this;
        }

        /** Returns whether 63 bits can hold this value and the column's others at their finest scale. */
        public boolean fits(Column column, long value, int valueScale) {
            int c = column.index();
            int finest = Math.max(scale[c], valueScale);
            return DecimalText.fits(value, finest - valueScale) && DecimalText.fits(largest[c], finest - scale[c]);
        }

        /** Returns the bar that opens at this time, null if there is none. */
        public @Nullable Candle at(long openMillis) {
            int at = minuteOf(openMillis, midnight);
            if (at < 0 || !held.get(at)) {
                return null;
            }
            return new TapeDay(day, ALL_MINUTES, unscaled, scale, trades).candle(at);
        }

        /** Returns the number of bars so far. */
        public int size() {
            return held.cardinality();
        }

        /** Returns the day; the builder must not be used any more. */
        public TapeDay build() {
            int size = size();
            if (size == MINUTES) {
                return new TapeDay(day, ALL_MINUTES, unscaled, scale, trades);
            }
            short[] minute = new short[size];
            int[] count = new int[size];
            long[][] values = new long[COLUMNS][size];
            int row = 0;
            for (int at = held.nextSetBit(0); at >= 0; at = held.nextSetBit(at + 1)) {
                minute[row] = (short) at;
                count[row] = trades[at];
                for (int c = 0; c < COLUMNS; c++) {
                    values[c][row] = unscaled[c][at];
                }
                row++;
            }
            return new TapeDay(day, minute, values, scale, count);
        }
    }
}
