package io.hindcast.training.dataset;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.RowSink;
import io.hindcast.ml.dataset.SampleTimes;
import io.hindcast.ml.feature.FeatureSet;
import java.util.Arrays;
import java.util.BitSet;

/** Times of the samples that were written, and which of them have news: nine bytes a sample at most. */
final class SampleLog implements SampleTimes {

    private static final int FIRST_CAPACITY = 4_096;

    private final LabelSpec label;
    private final int sentiment;
    private long[] times = new long[FIRST_CAPACITY];
    private final BitSet news = new BitSet();
    private int size;

    SampleLog(LabelSpec label, FeatureSet features) {
        this.label = label;
        this.sentiment = features.names().indexOf("sentiment");
    }

    void add(RowSink.Row row) {
        if (row.label().isEmpty()) {
            return;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        times[size] = row.openTime();
        news.set(size, sentiment >= 0 && !Double.isNaN(row.features()[sentiment]));
        size++;
    }

    @Override
    public LabelSpec label() {
        return label;
    }

    @Override
    public int rows() {
        return size;
    }

    @Override
    public long time(int row) {
        return times[row];
    }

    /** Returns the share of samples with news, 0 to 1. */
    double newsShare(RowRange rows) {
        return (double) news.get(rows.from(), rows.to()).cardinality() / rows.size();
    }
}
