package io.hindcast.history.market;

import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import java.util.Arrays;

/** Growable columns of recorded bars, one array per column. */
final class CandleColumns {

    int size;
    int[] minute;
    int[] revision;
    long[] knownAt;
    long[] sequence;
    double[] open;
    double[] high;
    double[] low;
    double[] close;
    double[] volume;
    double[] quoteVolume;
    long[] trades;
    double[] takerBuyVolume;
    double[] takerBuyQuoteVolume;

    CandleColumns(int capacity) {
        minute = new int[capacity];
        revision = new int[capacity];
        knownAt = new long[capacity];
        sequence = new long[capacity];
        open = new double[capacity];
        high = new double[capacity];
        low = new double[capacity];
        close = new double[capacity];
        volume = new double[capacity];
        quoteVolume = new double[capacity];
        trades = new long[capacity];
        takerBuyVolume = new double[capacity];
        takerBuyQuoteVolume = new double[capacity];
    }

    void add(CandlesRecorded event, long eventSequence) {
        Candles bars = event.candles();
        int rows = bars.size();
        if (size + rows > minute.length) {
            resize(Math.max(size + rows, minute.length * 2));
        }
        for (int row = 0; row < rows; row++) {
            int i = size++;
            minute[i] = bars.minute().get(row);
            revision[i] = event.revision().get(row);
            knownAt[i] = event.knownAt(row).toEpochMilli();
            sequence[i] = eventSequence;
            open[i] = bars.open().get(row).doubleValue();
            high[i] = bars.high().get(row).doubleValue();
            low[i] = bars.low().get(row).doubleValue();
            close[i] = bars.close().get(row).doubleValue();
            volume[i] = bars.volume().get(row).doubleValue();
            quoteVolume[i] = bars.quoteVolume().get(row).doubleValue();
            trades[i] = bars.trades().get(row);
            takerBuyVolume[i] = bars.takerBuyVolume().get(row).doubleValue();
            takerBuyQuoteVolume[i] = bars.takerBuyQuoteVolume().get(row).doubleValue();
        }
    }

    /** Returns a copy of the first rows. */
    CandleColumns first(int rows) {
        CandleColumns copy = new CandleColumns(0);
        copy.minute = minute;
        copy.revision = revision;
        copy.knownAt = knownAt;
        copy.sequence = sequence;
        copy.open = open;
        copy.high = high;
        copy.low = low;
        copy.close = close;
        copy.volume = volume;
        copy.quoteVolume = quoteVolume;
        copy.trades = trades;
        copy.takerBuyVolume = takerBuyVolume;
        copy.takerBuyQuoteVolume = takerBuyQuoteVolume;
        copy.size = rows;
        copy.resize(rows);
        return copy;
    }

    private void resize(int capacity) {
        minute = Arrays.copyOf(minute, capacity);
        revision = Arrays.copyOf(revision, capacity);
        knownAt = Arrays.copyOf(knownAt, capacity);
        sequence = Arrays.copyOf(sequence, capacity);
        open = Arrays.copyOf(open, capacity);
        high = Arrays.copyOf(high, capacity);
        low = Arrays.copyOf(low, capacity);
        close = Arrays.copyOf(close, capacity);
        volume = Arrays.copyOf(volume, capacity);
        quoteVolume = Arrays.copyOf(quoteVolume, capacity);
        trades = Arrays.copyOf(trades, capacity);
        takerBuyVolume = Arrays.copyOf(takerBuyVolume, capacity);
        takerBuyQuoteVolume = Arrays.copyOf(takerBuyQuoteVolume, capacity);
    }
}
