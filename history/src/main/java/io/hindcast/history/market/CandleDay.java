package io.hindcast.history.market;

import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.RecordedBars;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LogPosition;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every bar and every revision of a bar in one market day's stream, up to a sequence, as columns. Rows are in the order
 * in which they were recorded; within one event, by minute. Immutable.
 */
public final class CandleDay implements RecordedBars {

    private final MarketDayId id;
    private final long lastSequence;
    private final CandleColumns columns;

    CandleDay(MarketDayId id, long lastSequence, CandleColumns columns) {
        this.id = id;
        this.lastSequence = lastSequence;
        this.columns = columns;
    }

    public MarketDayId id() {
        return id;
    }

    /** Returns the number of rows; each revision is one. */
    @Override
    public int size() {
        return columns.size;
    }

    public boolean isEmpty() {
        return columns.size == 0;
    }

    /** Returns the sequence of the last event read, of any type; -1 for a day without events. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Returns the position of the last event read; empty for a day without events. */
    public Optional<LogPosition> position() {
        return lastSequence < 0 ? Optional.empty() : Optional.of(new LogPosition(id.toString(), lastSequence));
    }

    /** Returns the open time, milliseconds since 1970. */
    @Override
    public long openTime(int row) {
        return midnight() + id.interval().millis() * columns.minute[row];
    }

    /** Returns the minute of the UTC day at which the bar opens. */
    public int minute(int row) {
        return columns.minute[row];
    }

    /** Returns 0 for the bar as first seen, n for its n-th correction. */
    @Override
    public int revision(int row) {
        return columns.revision[row];
    }

    /** Returns the market time at which the row became known here, milliseconds since 1970. */
    @Override
    public long knownAt(int row) {
        return columns.knownAt[row];
    }

    /** Returns the sequence of the event that recorded the row. */
    public long sequence(int row) {
        return columns.sequence[row];
    }

    @Override
    public double open(int row) {
        return columns.open[row];
    }

    @Override
    public double high(int row) {
        return columns.high[row];
    }

    @Override
    public double low(int row) {
        return columns.low[row];
    }

    @Override
    public double close(int row) {
        return columns.close[row];
    }

    @Override
    public double volume(int row) {
        return columns.volume[row];
    }

    @Override
    public double quoteVolume(int row) {
        return columns.quoteVolume[row];
    }

    @Override
    public long trades(int row) {
        return columns.trades[row];
    }

    @Override
    public double takerBuyVolume(int row) {
        return columns.takerBuyVolume[row];
    }

    @Override
    public double takerBuyQuoteVolume(int row) {
        return columns.takerBuyQuoteVolume[row];
    }

    /** Returns this day as of the event with this sequence. */
    public CandleDay upTo(long sequence) {
        if (sequence >= lastSequence) {
            return this;
        }
        int rows = 0;
        while (rows < columns.size && columns.sequence[rows] <= sequence) {
            rows++;
        }
        return new CandleDay(id, Math.max(sequence, -1), columns.first(rows));
    }

    CandleColumns columns() {
        return columns;
    }

    /** Returns whether the day's last bar was seen, after which only repairs and corrections follow. */
    boolean isComplete() {
        int last = id.interval().perDay() - 1;
        for (int row = columns.size - 1; row >= 0; row--) {
            if (columns.minute[row] == last) {
                return true;
            }
        }
        return false;
    }

    private long midnight() {
        return UtcDay.start(id.day()).toEpochMilli();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CandleDay that
                && id.equals(that.id)
                && lastSequence == that.lastSequence
                && Arrays.equals(DayFiles.encode(this, ""), DayFiles.encode(that, ""));
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + Long.hashCode(lastSequence);
    }

    @Override
    public String toString() {
        return id + " up to " + lastSequence + ": " + columns.size + " rows";
    }
}
