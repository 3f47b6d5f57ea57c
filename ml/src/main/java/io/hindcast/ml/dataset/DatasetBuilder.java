package io.hindcast.ml.dataset;

import io.hindcast.api.market.Interval;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import io.hindcast.ml.label.Outcome;
import io.hindcast.ml.label.SignalClass;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Slices a dataset from bars. Features are point in time: those that live scoring computed, or would have computed, when
 * each bar became known. Outcomes are what the market did: they take each minute's highest revision, so supply exactly
 * what is known when slicing.
 *
 * <p>A bar has a row if it opens within the range, its revision 0 is among the bars, and the bars of its whole horizon
 * are there and open within the range too. A horizon that crosses a gap, or is not over when the range ends, gives no
 * label and so no row. Feature values may be missing; the row stays.
 */
public final class DatasetBuilder {

    private static final long BAR = Interval.ONE_MINUTE.millis();

    private final FeatureSet features;
    private final LabelSpec label;

    public DatasetBuilder(FeatureSet features, LabelSpec label) {
        this.features = features;
        this.label = label;
    }

    /** Open time of the first bar to supply for rows from {@code from} on: earlier ones change nothing. */
    public Instant barsNeededFrom(Instant from) {
        return from.atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .minusDays(features.anchorDays())
                .toInstant();
    }

    /**
     * The dataset of the bars that open from {@code from} to {@code to}, both inclusive.
     *
     * @param bars every revision known, in any order; those before {@code from} only warm up
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     */
    public Dataset build(Iterable<KnownBar> bars, Instant from, Instant to) {
        long first = from.toEpochMilli();
        long last = to.toEpochMilli();
        if (last < first) {
            throw new IllegalArgumentException("range ends at " + to + ", expected " + from + " or later");
        }
        PointInTimeFeatures pointInTime = new PointInTimeFeatures(features);
        TreeMap<Long, Minute> minutes = new TreeMap<>();
        for (KnownBar known : bars) {
            Bar bar = known.bar();
            pointInTime.record(known);
            minutes.merge(
                    bar.openTime(),
                    new Minute(known.revision(), bar.close(), known.revision() == 0),
                    Minute::withLaterRevision);
        }
        int capacity = minutes.subMap(first, true, last, true).size();
        int columns = features.size();
        long[] openTimes = new long[capacity];
        double[] matrix = new double[Math.multiplyExact(capacity, columns)];
        byte[] labels = new byte[capacity];
        double[] nextReturns = new double[capacity];
        double[] previousReturns = new double[capacity];
        int row = 0;
        for (Map.Entry<Long, Minute> entry :
                minutes.subMap(first, true, last, true).entrySet()) {
            long openTime = entry.getKey();
            long horizon = openTime + label.horizonBars() * BAR;
            Minute minute = entry.getValue();
            if (!minute.hasFirst() || horizon > last || !isUnbroken(minutes, openTime, horizon)) {
                continue;
            }
            double close = minute.close();
            Minute before = minutes.get(openTime - BAR);
            openTimes[row] = openTime;
            labels[row] = (byte) SignalClass.of(Outcome.of(label, close, closeAt(minutes, horizon)));
            nextReturns[row] = closeAt(minutes, openTime + BAR) / close - 1;
            previousReturns[row] = before == null ? Double.NaN : close / before.close() - 1;
            System.arraycopy(pointInTime.at(openTime), 0, matrix, row * columns, columns);
            row++;
        }
        return new Dataset(
                features,
                label,
                Arrays.copyOf(openTimes, row),
                Arrays.copyOf(matrix, row * columns),
                Arrays.copyOf(labels, row),
                Arrays.copyOf(nextReturns, row),
                Arrays.copyOf(previousReturns, row));
    }

    private static boolean isUnbroken(Map<Long, Minute> minutes, long openTime, long horizon) {
        for (long t = openTime + BAR; t <= horizon; t += BAR) {
            if (!minutes.containsKey(t)) {
                return false;
            }
        }
        return true;
    }

    private static double closeAt(Map<Long, Minute> minutes, long openTime) {
        Minute minute = minutes.get(openTime);
        if (minute == null) {
            throw new IllegalStateException("no bar at " + Instant.ofEpochMilli(openTime) + " in an unbroken horizon");
        }
        return minute.close();
    }

    /** What the revisions of one minute seen so far amount to. */
    private record Minute(int revision, double close, boolean hasFirst) {

        Minute withLaterRevision(Minute other) {
            Minute highest = other.revision > revision ? other : this;
            return new Minute(highest.revision, highest.close, hasFirst || other.hasFirst);
        }
    }
}
