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
        this.features = features;
        this.label = label;
        this.openTimes = openTimes;
        this.windows = windows;
        this.outcomes = outcomes;
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
        return windows.bars * columns();
    }

    /** How many bars a row is made of, 1 for the sample's own alone. */
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
        return windows.matrix[windows.own[row] * columns() + column];
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
        return Signal.ofClass(outcomes.labels[row]);
    }

    /** Change from this close to the close one bar later, as a fraction: what being long over the next bar earns. */
    @Override
    public double nextReturn(int row) {
        return outcomes.nextReturns[row];
    }

    /** Change from the close one bar earlier to this close, as a fraction; {@code NaN} if that bar is missing. */
    @Override
    public double previousReturn(int row) {
        return outcomes.previousReturns[row];
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
        return HexFormat.of().formatHex(sha.digest());
    }
}
