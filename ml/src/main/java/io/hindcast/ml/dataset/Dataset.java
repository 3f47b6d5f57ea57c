package io.hindcast.ml.dataset;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.feature.FeatureSet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;

/**
 * Bars as a model learns from them: one sample a bar that has an outcome, in ascending order of open time. Its row is
 * the bar's features, or those of a window of bars that ends with it, oldest first. Features may be {@code NaN} (see
 * {@link FeatureSet}); labels and returns never are. Immutable and thread-safe.
 */
public final class Dataset implements Samples {

    private static final String FORM_OF_BARS = "hindcast-dataset-1";
    private static final String FORM_OF_WINDOWS = "hindcast-dataset-2";

    private final FeatureSet features;
    private final LabelSpec label;
    private final int windowBars;
    private final long[] openTimes;
    private final double[] matrix;
    private final int[] bars;
    private final int[] held;
    private final byte[] labels;
    private final double[] nextReturns;
    private final double[] previousReturns;
    private final String digest;

    /**
     * @param matrix features of all bars that are in a row, bar by bar
     * @param bars for each sample which of them is its own; those of its window lie directly before
     * @param held for each sample how many bars of its window are not missing, its own included
     */
    Dataset(
            FeatureSet features,
            LabelSpec label,
            int windowBars,
            long[] openTimes,
            double[] matrix,
            int[] bars,
            int[] held,
            byte[] labels,
            double[] nextReturns,
            double[] previousReturns) {
        this.features = features;
        this.label = label;
        this.windowBars = windowBars;
        this.openTimes = openTimes;
        this.matrix = matrix;
        this.bars = bars;
        this.held = held;
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
        return windowBars * columns();
    }

    /** How many bars a row is made of, 1 for the sample's own alone. */
    public int windowBars() {
        return windowBars;
    }

    @Override
    public void read(int row, double[] out, int at) {
        int missing = (windowBars - held[row]) * columns();
        Arrays.fill(out, at, at + missing, Double.NaN);
        System.arraycopy(matrix, (bars[row] - held[row] + 1) * columns(), out, at + missing, held[row] * columns());
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

    /** A feature of the sample's own bar. */
    public double feature(int row, int column) {
        return matrix[bars[row] * columns() + column];
    }

    /**
     * Share of these rows whose own bar knew of any news, 0 to 1; 0 if there are no rows, or the features read none.
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

    /** What the bar turned out to be. */
    @Override
    public Signal outcome(int row) {
        return Signal.ofClass(labels[row]);
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
     * Sha-256, 64 hexadecimal digits, over the canonical bytes: form, feature set hash, label, sizes, then sample by
     * sample open time, label, both returns and its own bar's features, numbers big-endian and every {@code NaN} the
     * same. With windows their length comes before the sizes, and with each sample how many bars of its window are not
     * missing and the features of those that are in no window before.
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
        String head = (windowBars == 1 ? FORM_OF_BARS : FORM_OF_WINDOWS + '\n' + windowBars)
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
            if (windowBars > 1) {
                sha.update(row.clear().putInt(held[r]).flip());
            }
            int before = r == 0 ? -1 : bars[r - 1];
            for (int bar = Math.max(before + 1, bars[r] - held[r] + 1); bar < bars[r]; bar++) {
                row.clear();
                for (int c = 0; c < columns(); c++) {
                    row.putLong(Double.doubleToLongBits(matrix[bar * columns() + c]));
                }
                sha.update(row.flip());
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
