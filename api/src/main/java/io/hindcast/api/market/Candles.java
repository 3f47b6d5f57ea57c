package io.hindcast.api.market;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.hindcast.api.RefusedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Candles of one UTC day as columns, the form in which they are sent and stored. All columns have the same length; row
 * {@code i} is one bar. Minutes count from midnight, 0 to 1439, and need not be sorted or without gaps: the aggregate
 * decides which rows it accepts.
 *
 * @param minute open time as minute of the UTC day
 */
public record Candles(
        @JsonProperty("minute") List<Integer> minute,
        @JsonProperty("open") List<BigDecimal> open,
        @JsonProperty("high") List<BigDecimal> high,
        @JsonProperty("low") List<BigDecimal> low,
        @JsonProperty("close") List<BigDecimal> close,
        @JsonProperty("volume") List<BigDecimal> volume,
        @JsonProperty("quoteVolume") List<BigDecimal> quoteVolume,
        @JsonProperty("trades") List<Long> trades,
        @JsonProperty("takerBuyVolume") List<BigDecimal> takerBuyVolume,
        @JsonProperty("takerBuyQuoteVolume") List<BigDecimal> takerBuyQuoteVolume) {

    @JsonCreator
    public Candles {
        int n = minute.size();
        for (List<?> column : Arrays.<List<?>>asList(
                open, high, low, close, volume, quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume)) {
            if (column.size() != n) {
                throw new IllegalArgumentException(
                        "a column of candles has " + column.size() + " rows, minute has " + n);
            }
        }
    }

    /** Returns these bars, which must all open within the UTC day {@code day}, as columns. */
    public static Candles of(LocalDate day, List<Candle> bars) {
        long midnight = UtcDay.start(day).toEpochMilli();
        int n = bars.size();
        List<Integer> minute = new ArrayList<>(n);
        List<BigDecimal> open = new ArrayList<>(n);
        List<BigDecimal> high = new ArrayList<>(n);
        List<BigDecimal> low = new ArrayList<>(n);
        List<BigDecimal> close = new ArrayList<>(n);
        List<BigDecimal> volume = new ArrayList<>(n);
        List<BigDecimal> quoteVolume = new ArrayList<>(n);
        List<Long> trades = new ArrayList<>(n);
        List<BigDecimal> takerBuyVolume = new ArrayList<>(n);
        List<BigDecimal> takerBuyQuoteVolume = new ArrayList<>(n);
        for (Candle bar : bars) {
            long offset = bar.openTime().toEpochMilli() - midnight;
            if (offset < 0 || offset >= UtcDay.LENGTH.toMillis() || offset % 60_000 != 0) {
                throw RefusedException.of(
                        "OUT_OF_DAY", "openTime", bar.openTime(), "a whole minute of " + day + " UTC");
            }
            minute.add((int) (offset / 60_000));
            open.add(bar.open());
            high.add(bar.high());
            low.add(bar.low());
            close.add(bar.close());
            volume.add(bar.volume());
            quoteVolume.add(bar.quoteVolume());
            trades.add(bar.trades());
            takerBuyVolume.add(bar.takerBuyVolume());
            takerBuyQuoteVolume.add(bar.takerBuyQuoteVolume());
        }
        return new Candles(
                minute, open, high, low, close, volume, quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume);
    }

    public int size() {
        return minute.size();
    }

    public Instant openTime(LocalDate day, int row) {
        return UtcDay.start(day).plusSeconds(60L * minute.get(row));
    }

    /** Returns one row as a bar; refuses one that is impossible on any market. */
    public Candle candle(LocalDate day, int row) {
        return new Candle(
                openTime(day, row),
                open.get(row),
                high.get(row),
                low.get(row),
                close.get(row),
                volume.get(row),
                quoteVolume.get(row),
                trades.get(row),
                takerBuyVolume.get(row),
                takerBuyQuoteVolume.get(row));
    }

    /** Returns all rows as bars, in row order. */
    public List<Candle> toList(LocalDate day) {
        List<Candle> bars = new ArrayList<>(size());
        for (int row = 0; row < size(); row++) {
            bars.add(candle(day, row));
        }
        return bars;
    }

    /** Compares values; the scale of a decimal has no meaning. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Candles that
                && minute.equals(that.minute)
                && trades.equals(that.trades)
                && same(open, that.open)
                && same(high, that.high)
                && same(low, that.low)
                && same(close, that.close)
                && same(volume, that.volume)
                && same(quoteVolume, that.quoteVolume)
                && same(takerBuyVolume, that.takerBuyVolume)
                && same(takerBuyQuoteVolume, that.takerBuyQuoteVolume);
    }

    /** Hashes minutes and trades, which have no scale. */
    @Override
    public int hashCode() {
        return 31 * minute.hashCode() + trades.hashCode();
    }

    private static boolean same(List<BigDecimal> one, List<BigDecimal> other) {
        for (int row = 0; row < one.size(); row++) {
            if (one.get(row).compareTo(other.get(row)) != 0) {
                return false;
            }
        }
        return true;
    }
}
