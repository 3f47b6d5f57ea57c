package io.hindcast.simulator.exchange;

import io.hindcast.api.kline.DecimalText;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.simulator.tape.TapeDay;
import io.hindcast.simulator.tape.TapeDay.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A bar in the exchange's JSON: closed, or open with its values so far. Immutable once created. */
final class SimulatedKline {

    private static final int PLACES = 8;
    private static final long MINUTE_MILLIS = Interval.ONE_MINUTE.millis();
    private static final Column[] COLUMNS = Column.values();

    private final long openMillis;
    private final long[] unscaled = new long[COLUMNS.length];
    private final int[] scale = new int[COLUMNS.length];
    private long trades;

    private SimulatedKline(long openMillis) {
        this.openMillis = openMillis;
    }

    static SimulatedKline of(TapeDay day, int row) {
        SimulatedKline bar = new SimulatedKline(day.openMillis(row));
        for (Column column : COLUMNS) {
            bar.unscaled[column.index()] = day.unscaled(column, row);
            bar.scale[column.index()] = day.scale(column);
        }
        bar.trades = day.trades(row);
        return bar;
    }

    static SimulatedKline of(Candle candle) {
        SimulatedKline bar = new SimulatedKline(candle.openTime().toEpochMilli());
        bar.set(Column.OPEN, candle.open());
        bar.set(Column.HIGH, candle.high());
        bar.set(Column.LOW, candle.low());
        bar.set(Column.CLOSE, candle.close());
        bar.set(Column.VOLUME, candle.volume());
        bar.set(Column.QUOTE_VOLUME, candle.quoteVolume());
        bar.set(Column.TAKER_BUY_VOLUME, candle.takerBuyVolume());
        bar.set(Column.TAKER_BUY_QUOTE_VOLUME, candle.takerBuyQuoteVolume());
        bar.trades = candle.trades();
        return bar;
    }

    /**
     * Returns this bar as it is when {@code fraction} of its minute have passed. The price moves from open over the
     * nearer extreme and the other one to close in three straight legs; volumes grow evenly.
     */
    SimulatedKline after(double fraction) {
        SimulatedKline partial = new SimulatedKline(openMillis);
        System.arraycopy(scale, 0, partial.scale, 0, scale.length);
        int priceScale = 0;
        for (int c = 0; c <= Column.CLOSE.index(); c++) {
            priceScale = Math.max(priceScale, scale[c]);
        }
        long open = price(Column.OPEN, priceScale);
        long close = price(Column.CLOSE, priceScale);
        long high = price(Column.HIGH, priceScale);
        long low = price(Column.LOW, priceScale);
        long first = close >= open ? low : high;
        long second = close >= open ? high : low;
        long[] path = {open, first, second, close};
        int leg = Math.min(2, (int) (fraction * 3));
        double along = fraction * 3 - leg;
        long now = path[leg] + Math.round((path[leg + 1] - path[leg]) * along);
        long highest = Math.max(open, now);
        long lowest = Math.min(open, now);
        for (int i = 0; i <= leg; i++) {
            highest = Math.max(highest, path[i]);
            lowest = Math.min(lowest, path[i]);
        }
        partial.setPrice(Column.OPEN, open, priceScale);
        partial.setPrice(Column.HIGH, highest, priceScale);
        partial.setPrice(Column.LOW, lowest, priceScale);
        partial.setPrice(Column.CLOSE, now, priceScale);
        for (int c = Column.VOLUME.index(); c < COLUMNS.length; c++) {
            partial.unscaled[c] = (long) (unscaled[c] * fraction);
        }
        partial.unscaled[Column.TAKER_BUY_VOLUME.index()] = atMost(partial, Column.TAKER_BUY_VOLUME, Column.VOLUME);
        partial.trades = (long) (trades * fraction);
        return partial;
    }

    /** Writes one row of {@code /api/v3/klines}. */
    void writeRow(StringBuilder out) {
        out.append('[').append(openMillis);
        for (int c = 0; c <= Column.VOLUME.index(); c++) {
            out.append(",\"");
            decimal(out, c);
            out.append('"');
        }
        out.append(',').append(openMillis + MINUTE_MILLIS - 1).append(",\"");
        decimal(out, Column.QUOTE_VOLUME.index());
        out.append("\",").append(trades).append(",\"");
        decimal(out, Column.TAKER_BUY_VOLUME.index());
        out.append("\",\"");
        decimal(out, Column.TAKER_BUY_QUOTE_VOLUME.index());
        out.append("\",\"0\"]");
    }

    /** Returns the event of a {@code <symbol>@kline_1m} stream. */
    String event(String symbol, long eventMillis, boolean closed) {
        StringBuilder out = new StringBuilder(420);
        out.append("{\"e\":\"kline\",\"E\":")
                .append(eventMillis)
                .append(",\"s\":\"")
                .append(symbol)
                .append("\",\"k\":{\"t\":")
                .append(openMillis)
                .append(",\"T\":")
                .append(openMillis + MINUTE_MILLIS - 1)
                .append(",\"s\":\"")
                .append(symbol)
                .append("\",\"i\":\"1m\",\"f\":")
                .append(trades == 0 ? -1 : 1)
                .append(",\"L\":")
                .append(trades == 0 ? -1 : trades);
        text(out, "o", Column.OPEN);
        text(out, "c", Column.CLOSE);
        text(out, "h", Column.HIGH);
        text(out, "l", Column.LOW);
        text(out, "v", Column.VOLUME);
        out.append(",\"n\":").append(trades).append(",\"x\":").append(closed);
        text(out, "q", Column.QUOTE_VOLUME);
        text(out, "V", Column.TAKER_BUY_VOLUME);
        text(out, "Q", Column.TAKER_BUY_QUOTE_VOLUME);
        return out.append(",\"B\":\"0\"}}").toString();
    }

    private void text(StringBuilder out, String name, Column column) {
        out.append(",\"").append(name).append("\":\"");
        decimal(out, column.index());
        out.append('"');
    }

    private void decimal(StringBuilder out, int column) {
        DecimalText.write(out, unscaled[column], scale[column], Math.max(PLACES, scale[column]));
    }

    private long price(Column column, int toScale) {
        return DecimalText.rescaled(unscaled[column.index()], toScale - scale[column.index()]);
    }

    private void setPrice(Column column, long value, int itsScale) {
        unscaled[column.index()] = value;
        scale[column.index()] = itsScale;
    }

    private void set(Column column, BigDecimal value) {
        unscaled[column.index()] = value.unscaledValue().longValueExact();
        scale[column.index()] = value.scale();
    }

    private static long atMost(SimulatedKline bar, Column part, Column whole) {
        BigDecimal p = BigDecimal.valueOf(bar.unscaled[part.index()], bar.scale[part.index()]);
        BigDecimal w = BigDecimal.valueOf(bar.unscaled[whole.index()], bar.scale[whole.index()]);
        return p.compareTo(w) <= 0
                ? bar.unscaled[part.index()]
                : w.setScale(bar.scale[part.index()], RoundingMode.DOWN)
                        .unscaledValue()
                        .longValueExact();
    }
}
