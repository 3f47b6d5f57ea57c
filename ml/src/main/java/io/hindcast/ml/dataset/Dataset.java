package io.hindcast.ml.dataset;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.label.SignalClass;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Bars as a model learns from them: one row a bar that has an outcome, in ascending order of open time. Features may be
 * {@code NaN} (see {@link FeatureSet}); labels and returns never are. Immutable and thread-safe.
 */
public final class Dataset implements Samples {

    private static final String FORM = "hindcast-dataset-1";

    private final FeatureSet features;
    private final LabelSpec label;
    private final long[] openTimes;
    private final double[] matrix;
    private final byte[] labels;
    private final double[] nextReturns;
    private final double[] previousReturns;
    private final String digest;

    Dataset(
            FeatureSet features,
            LabelSpec label,
            long[] openTimes,
            double[] matrix,
            byte[] labels,
            double[] nextReturns,
            double[] previousReturns) {
        this.features = features;
        this.label = label;
        this.openTimes = openTimes;
        this.matrix = matrix;
        this.labels = labels;
        this.nextReturns = nextReturns;
        this.previousReturns = previousReturns;
        this.digest = computeDigest();
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

    /** Number of features. */
    public int columns() {
        return features.size();
    }

    @Override
    public int inputs() {
        return columns();
    }

    @Override
    public void read(int row, double[] out, int at) {
        System.arraycopy(matrix, row * columns(), out, at, columns());
    }

    /** Open time of the row's bar. */
    @Override
    public long time(int row) {
        return openTimes[row];
    }

    /** Epoch milliseconds. */
    public long openTime(int row) {
        return openTimes[row];
    }

    public double feature(int row, int column) {
        return matrix[row * columns() + column];
    }

    /** What the bar turned out to be. */
    @Override
    public Signal outcome(int row) {
        return SignalClass.signal(labels[row]);
    }

    /** Change from this close to the close one bar later, as a fraction: what being long over the next bar earns. */
    @Override
    public double nextReturn(int row) {
        return nextReturns[row];
    }

    /** Change from the close one bar earlier to this close, as a fraction; {@code NaN} if that bar is missing. */
    @Override
    public double previousReturn(int row) {
        return previousReturns[row];
    }

    /**
     * Sha-256, 64 hexadecimal digits, over the canonical bytes: form, feature set hash, label, sizes, then row by row
     * open time, label, both returns and all features, numbers big-endian and every {@code NaN} the same.
     */
    @Override
    public String digest() {
        return digest;
    }

    private String computeDigest() {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        String head = FORM
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
            row.put(labels[r]);
            row.putLong(Double.doubleToLongBits(nextReturns[r]));
            row.putLong(Double.doubleToLongBits(previousReturns[r]));
            for (int c = 0; c < columns(); c++) {
                row.putLong(Double.doubleToLongBits(feature(r, c)));
            }
            sha.update(row.flip());
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
