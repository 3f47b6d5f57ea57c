package io.hindcast.ml.dataset;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.hash.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Samples of bars: one for each bar with an outcome, in ascending order of open time. A row holds the bar's features,
 * or those of a window of bars that ends with it, oldest first. Features may be {@code NaN} (see {@link FeatureSet});
 * labels and returns never are. Immutable and thread-safe.
 */
public final class Dataset implements Samples {

    private static final String FORM_OF_BARS = "hindcast-dataset-1";
    private static final String FORM_OF_WINDOWS = "hindcast-dataset-2";

    private final FeatureSet features;
    private final LabelSpec label;
    private final long[] openTimes;
    private final Windows windows;
    private final Outcomes outcomes;
    private final String digest;

    /**
     * The windows of the samples, cut out of one matrix.
     *
     * @param bars length of a window, 1 for the sample's own bar alone
     * @param matrix features of all bars that are in a row, bar by bar
     * @param own for each sample the index of its own bar; those of its window precede it directly
     * @param held for each sample the number of bars of its window that are not missing, its own included
     */
    @SuppressWarnings("ArrayRecordComponent") // made and read in this package
    record Windows(int bars, double[] matrix, int[] own, int[] held) {}

    /**
     * The outcomes of the samples, each as long as there are samples.
     *
     * @param labels class numbers
     * @param nextReturns change to the next close
     * @param previousReturns change from the previous close
     */
    @SuppressWarnings("ArrayRecordComponent") // made and read in this package
    record Outcomes(byte[] labels, double[] nextReturns, double[] previousReturns) {}

    Dataset(FeatureSet features, LabelSpec label, long[] openTimes, Windows windows, Outcomes outcomes) {
        this(features, label, openTimes, windows, outcomes, "");
    }

    /** @param stored digest of the stored dataset from which the samples come; empty for the computed one */
    Dataset(FeatureSet features, LabelSpec label, long[] openTimes, Windows windows, Outcomes outcomes, String stored) {
        this.features = features;
        this.label = label;
        this.openTimes = openTimes;
        this.windows = windows;
        this.outcomes = outcomes;
        this.digest = stored.isEmpty() ? computeDigest() : stored;
    }

    public FeatureSet features() {
        return features;
    }

    @Override
    public FeatureSetRef source() {
        return features.ref();
    }

    @Override
    public LabelSpec label() {
        return label;
    }

    @Override
    public int rows() {
        return openTimes.length;
    }

    /** Returns the number of features. */
    public int columns() {
        return features.size();
    }

    @Override
    public int inputs() {
        return windows.bars * columns();
    }

    /** Returns the number of bars in a row, 1 for the sample's own bar alone. */
    public int windowBars() {
        return windows.bars;
    }

    @Override
    public void read(int row, double[] out, int at) {
        int missing = (windows.bars - windows.held[row]) * columns();
        Arrays.fill(out, at, at + missing, Double.NaN);
        System.arraycopy(
                windows.matrix,
                (windows.own[row] - windows.held[row] + 1) * columns(),
                out,
                at + missing,
                windows.held[row] * columns());
    }

    /** Returns the open time of the row's own bar. */
    @Override
    public long time(int row) {
        return openTimes[row];
    }

    /** Returns the open time of the row's own bar, epoch milliseconds. */
    public long openTime(int row) {
        return openTimes[row];
    }

    /** Returns a feature of the row's own bar. */
    public double feature(int row, int column) {
        return windows.matrix[windows.own[row] * columns() + column];
    }

    /**
     * Returns the share of rows whose own bar has news features, 0 to 1; 0 if there are no rows or no such features.
     */
    public double newsShare(RowRange rows) {
        if (!features.readsNews() || rows.isEmpty()) {
            return 0;
        }
        int sentiment = features.names().indexOf("sentiment");
        long knew = IntStream.range(rows.from(), rows.to())
                .filter(row -> !Double.isNaN(feature(row, sentiment)))
                .count();
        return (double) knew / rows.size();
    }

    /** Returns the outcome of the row's own bar. */
    @Override
    public Signal outcome(int row) {
        return Signal.ofClass(outcomes.labels[row]);
    }

    /**
     * Returns the change from this close to the next, as a fraction: the return of a long position over the next bar.
     */
    @Override
    public double nextReturn(int row) {
        return outcomes.nextReturns[row];
    }

    /**
     * Returns the change from the previous close to this one, as a fraction; {@code NaN} if the previous bar is
     * missing.
     */
    @Override
    public double previousReturn(int row) {
        return outcomes.previousReturns[row];
    }

    /**
     * Returns the SHA-256, 64 hexadecimal digits, of the stored dataset; without one over the canonical bytes: format,
     * feature set hash, label, sizes, then sample by sample open time, label, both returns and the own bar's features,
     * numbers big-endian and every {@code NaN} the same. For windows also their length, before the sizes, and with each
     * sample the number of bars of its window that are not missing and the features of those that are in no earlier
     * window.
     */
    @Override
    public String digest() {
        return digest;
    }

    private String computeDigest() {
        MessageDigest sha = Sha256.digest();
        String head = (windows.bars == 1 ? FORM_OF_BARS : FORM_OF_WINDOWS + '\n' + windows.bars)
                + '\n'
                + features.hash()
                + '\n'
                + label.horizonBars()
                + '\n'
                + Double.doubleToLongBits(label.thresholdPercent())
                + '\n'
                + rows()
                + '\n'
                + columns()
                + '\n';
        sha.update(head.getBytes(StandardCharsets.UTF_8));
        ByteBuffer row = ByteBuffer.allocate(Long.BYTES + 1 + Double.BYTES * (2 + columns()));
        for (int r = 0; r < rows(); r++) {
            row.clear();
            row.putLong(openTimes[r]);
            row.put(outcomes.labels[r]);
            row.putLong(Double.doubleToLongBits(outcomes.nextReturns[r]));
            row.putLong(Double.doubleToLongBits(outcomes.previousReturns[r]));
            for (int c = 0; c < columns(); c++) {
                row.putLong(Double.doubleToLongBits(feature(r, c)));
            }
            sha.update(row.flip());
            if (windows.bars > 1) {
                sha.update(row.clear().putInt(windows.held[r]).flip());
            }
            int before = r == 0 ? -1 : windows.own[r - 1];
            for (int bar = Math.max(before + 1, windows.own[r] - windows.held[r] + 1); bar < windows.own[r]; bar++) {
                row.clear();
                for (int c = 0; c < columns(); c++) {
                    row.putLong(Double.doubleToLongBits(windows.matrix[bar * columns() + c]));
                }
                sha.update(row.flip());
            }
        }
        return Sha256.hex(sha);
    }
}
