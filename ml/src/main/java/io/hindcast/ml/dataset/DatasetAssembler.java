package io.hindcast.ml.dataset;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.ml.feature.FeatureSet;
import java.util.Arrays;

/** Assembles a dataset of windows of one length from rows with their context. Used once, by one thread. */
public final class DatasetAssembler implements RowSink {

    private final FeatureSet features;
    private final LabelSpec label;
    private final int windowBars;
    private final double[] matrix;
    private final long[] openTimes;
    private final int[] own;
    private final int[] held;
    private final byte[] labels;
    private final double[] nextReturns;
    private final double[] previousReturns;
    private int bars;
    private int size;

    /**
     * @param features columns of the dataset; rows may have more, which are left out
     * @param windowBars length of a window, 1 for the sample's own bar alone
     * @param rows most rows that follow, and how many of them have a label
     */
    public DatasetAssembler(FeatureSet features, LabelSpec label, int windowBars, RowCount rows) {
        this.features = features;
        this.label = label;
        this.windowBars = windowBars;
        int samples = Math.toIntExact(rows.labelled());
        int all = Math.toIntExact(windowBars == 1 ? rows.labelled() : rows.all());
        matrix = new double[Math.multiplyExact(all, features.size())];
        openTimes = new long[samples];
        own = new int[samples];
        held = new int[samples];
        labels = new byte[samples];
        nextReturns = new double[samples];
        previousReturns = new double[samples];
    }

    /**
     * Numbers of rows.
     *
     * @param all rows, those in windows only included
     * @param labelled rows with a label
     */
    public record RowCount(long all, long labelled) {}

    @Override
    public void accept(Row row) {
        if (windowBars == 1 && row.label().isEmpty()) {
            return;
        }
        System.arraycopy(row.features(), 0, matrix, bars * features.size(), features.size());
        bars++;
        if (row.label().isPresent()) {
            openTimes[size] = row.openTime();
            own[size] = bars - 1;
            held[size] = Math.min(windowBars, row.context());
            labels[size] = (byte) row.label().getAsInt();
            nextReturns[size] = row.nextReturn();
            previousReturns[size] = row.previousReturn();
            size++;
        }
    }

    /**
     * Returns the dataset.
     *
     * @param digest of the stored dataset from which the rows come
     * @throws IllegalStateException if there were fewer rows with a label than expected
     */
    public Dataset dataset(String digest) {
        if (size != openTimes.length) {
            throw new IllegalStateException(
                    size + " rows with a label, expected " + openTimes.length + " as the dataset's manifest says");
        }
        double[] used =
                bars * features.size() == matrix.length ? matrix : Arrays.copyOf(matrix, bars * features.size());
        return new Dataset(
                features,
                label,
                openTimes,
                new Dataset.Windows(windowBars, used, own, held),
                new Dataset.Outcomes(labels, nextReturns, previousReturns),
                digest);
    }
}
