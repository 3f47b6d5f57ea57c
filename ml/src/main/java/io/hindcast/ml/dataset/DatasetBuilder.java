package io.hindcast.ml.dataset;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.news.Sentiment;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Builds datasets from bars. Features are point in time: those that live scoring computed, or would have computed, when
 * each bar became known. Outcomes use each minute's highest revision, so the caller passes exactly the bars known when
 * the dataset is sliced. Immutable and thread-safe.
 *
 * <p>A bar has a row if it opens within the range, its revision 0 is among the bars, and the bars of its whole horizon
 * are present and open within the range, too. A horizon that crosses a gap or the end of the range gives no label and
 * thus no row. Missing feature values do not remove a row. Rows may be windows ({@link PointInTimeFeatures#window}),
 * which may contain bars before the range.
 */
public final class DatasetBuilder {

    private static final long BAR = Interval.ONE_MINUTE.millis();

    private final FeatureSet features;
    private final LabelSpec label;
    private final int windowBars;

    /** Creates a builder of rows of one bar. */
    public DatasetBuilder(FeatureSet features, LabelSpec label) {
        this(features, label, 1);
    }

    /** Creates a builder of rows of {@code windowBars} bars, 1 to {@value PointInTimeFeatures#LONGEST_WINDOW}. */
    public DatasetBuilder(FeatureSet features, LabelSpec label, int windowBars) {
        if (windowBars < 1 || windowBars > PointInTimeFeatures.LONGEST_WINDOW) {
            throw new IllegalArgumentException(
                    "windows of " + windowBars + " bars, expected 1 to " + PointInTimeFeatures.LONGEST_WINDOW);
        }
        this.features = features;
        this.label = label;
        this.windowBars = windowBars;
    }

    /** Returns the open time of the first bar needed for rows from {@code from} on; earlier ones change nothing. */
    public Instant barsNeededFrom(Instant from) {
        Instant windowFrom = from.minusMillis((windowBars - 1) * BAR);
        return UtcDay.start(UtcDay.of(windowFrom).minusDays(features.anchorDays()));
    }

    /** Returns the first-seen time of the first articles whose scores are needed for rows from {@code from} on. */
    public Instant newsNeededFrom(Instant from) {
        return from.minusMillis((windowBars - 1) * BAR).minus(Sentiment.WINDOW);
    }

    /** Builds a dataset without news. */
    public Dataset build(Iterable<KnownBar> bars, Instant from, Instant to) {
        return build(bars, List.of(), from, to);
    }

    /**
     * Builds the dataset of the bars that open from {@code from} to {@code to}, both inclusive.
     *
     * @param bars every revision known, in any order; those before {@code from} only warm up
     * @param scores scores of all articles first seen from {@link #newsNeededFrom} on, in any order. Feature sets
     *     without news ignore them
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     */
    public Dataset build(Iterable<KnownBar> bars, Collection<Sentiment.Score> scores, Instant from, Instant to) {
        long first = from.toEpochMilli();
        long last = to.toEpochMilli();
        if (last < first) {
            throw new IllegalArgumentException("range ends at " + to + ", expected " + from + " or later");
        }
        PointInTimeFeatures pointInTime = new PointInTimeFeatures(features);
        scores.forEach(pointInTime::record);
        TreeMap<Long, Minute> minutes = new TreeMap<>();
        for (KnownBar known : bars) {
            Bar bar = known.bar();
            pointInTime.record(known);
            minutes.merge(
                    bar.openTime(),
                    new Minute(known.revision(), bar.close(), known.revision() == 0),
                    Minute::withLaterRevision);
        }
        SortedMap<Long, Minute> range = minutes.subMap(first, true, last, true);
        Rows rows = new Rows(pointInTime, range.size());
        for (Map.Entry<Long, Minute> entry : range.entrySet()) {
            long openTime = entry.getKey();
            long horizon = openTime + label.horizonBars() * BAR;
            Minute minute = entry.getValue();
            if (!minute.hasFirst() || horizon > last || !isUnbroken(minutes, openTime, horizon)) {
                continue;
            }
            double close = minute.close();
            Minute before = minutes.get(openTime - BAR);
            rows.add(
                    openTime,
                    (byte) label.outcome(close, closeAt(minutes, horizon)).classIndex(),
                    closeAt(minutes, openTime + BAR) / close - 1,
                    before == null ? Double.NaN : close / before.close() - 1);
        }
        return rows.dataset();
    }

    /** Collects samples, and each bar of their windows once. */
    private final class Rows {
        private final PointInTimeFeatures pointInTime;
        private final int columns = features.size();
        private final long[] openTimes;
        private final int[] bars;
        private final int[] held;
        private final byte[] labels;
        private final double[] nextReturns;
        private final double[] previousReturns;
        private double[] matrix;
        private int size;
        private int barsHeld;
        private long lastBar = Long.MIN_VALUE;

        Rows(PointInTimeFeatures pointInTime, int capacity) {
            this.pointInTime = pointInTime;
            openTimes = new long[capacity];
            bars = new int[capacity];
            held = new int[capacity];
            labels = new byte[capacity];
            nextReturns = new double[capacity];
            previousReturns = new double[capacity];
            matrix = new double[Math.multiplyExact(capacity + windowBars, columns)];
        }

        void add(long openTime, byte label, double nextReturn, double previousReturn) {
            held[size] = pointInTime.windowBars(openTime, windowBars);
            long windowFrom = openTime - (held[size] - 1) * BAR;
            for (long t = Math.max(windowFrom, lastBar + BAR); t <= openTime; t += BAR) {
                if ((barsHeld + 1) * columns > matrix.length) {
                    matrix = Arrays.copyOf(matrix, Math.multiplyExact(barsHeld + barsHeld / 8 + windowBars, columns));
                }
                System.arraycopy(pointInTime.at(t), 0, matrix, barsHeld * columns, columns);
                barsHeld++;
            }
            lastBar = openTime;
            openTimes[size] = openTime;
            bars[size] = barsHeld - 1;
            labels[size] = label;
            nextReturns[size] = nextReturn;
            previousReturns[size] = previousReturn;
            size++;
        }

        Dataset dataset() {
            return new Dataset(
                    features,
                    label,
                    Arrays.copyOf(openTimes, size),
                    new Dataset.Windows(
                            windowBars,
                            Arrays.copyOf(matrix, barsHeld * columns),
                            Arrays.copyOf(bars, size),
                            Arrays.copyOf(held, size)),
                    new Dataset.Outcomes(
                            Arrays.copyOf(labels, size),
                            Arrays.copyOf(nextReturns, size),
                            Arrays.copyOf(previousReturns, size)));
        }
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

    /** Highest revision of a minute so far, and whether its revision 0 is present. */
    private record Minute(int revision, double close, boolean hasFirst) {

        Minute withLaterRevision(Minute other) {
            Minute highest = other.revision > revision ? other : this;
            return new Minute(highest.revision, highest.close, hasFirst || other.hasFirst);
        }
    }
}
