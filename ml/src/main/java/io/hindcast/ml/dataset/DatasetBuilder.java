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
 * Slices a dataset from bars. Features are point in time: those that live scoring computed, or would have computed,
 * when each bar became known. Outcomes are what the market did: they take each minute's highest revision, so supply
 * exactly what is known when slicing.
 *
 * <p>A bar has a row if it opens within the range, its revision 0 is among the bars, and the bars of its whole horizon
 * are there and open within the range too. A horizon that crosses a gap, or is not over when the range ends, gives no
 * label and so no row. Feature values may be missing; the row stays. Rows may be windows, as
 * {@link PointInTimeFeatures#window} gives them; bars before the range may be in one.
 */
public final class DatasetBuilder {

    private static final long BAR = Interval.ONE_MINUTE.millis();

    private final FeatureSet features;
    private final LabelSpec label;
    private final int windowBars;

    /** Of rows that are one bar's features. */
    public DatasetBuilder(FeatureSet features, LabelSpec label) {
        this(features, label, 1);
    }

    /** Of rows that are the features of so many bars, 1 to {@value PointInTimeFeatures#LONGEST_WINDOW}. */
    public DatasetBuilder(FeatureSet features, LabelSpec label, int windowBars) {
        if (windowBars < 1 || windowBars > PointInTimeFeatures.LONGEST_WINDOW) {
            throw new IllegalArgumentException(
                    "windows of " + windowBars + " bars, expected 1 to " + PointInTimeFeatures.LONGEST_WINDOW);
        }
        this.features = features;
        this.label = label;
        this.windowBars = windowBars;
    }

    /** Open time of the first bar to supply for rows from {@code from} on: earlier ones change nothing. */
    public Instant barsNeededFrom(Instant from) {
        Instant windowFrom = from.minusMillis((windowBars - 1) * BAR);
        return UtcDay.start(UtcDay.of(windowFrom).minusDays(features.anchorDays()));
    }

    /**
     * First-seen time of the articles to supply scores of for rows from {@code from} on: what was seen before counts
     * for none.
     */
    public Instant newsNeededFrom(Instant from) {
        return from.minusMillis((windowBars - 1) * BAR).minus(Sentiment.WINDOW);
    }

    /** As {@link #build(Iterable, Collection, Instant, Instant)} where no news is known. */
    public Dataset build(Iterable<KnownBar> bars, Instant from, Instant to) {
        return build(bars, List.of(), from, to);
    }

    /**
     * The dataset of the bars that open from {@code from} to {@code to}, both inclusive.
     *
     * @param bars every revision known, in any order; those before {@code from} only warm up
     * @param scores of articles, in any order: all of those first seen from {@link #newsNeededFrom} on. A set that
     *     reads no news does without
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

    /** Samples, and the bars of their windows, each once. */
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

    /** What the revisions of one minute seen so far amount to. */
    private record Minute(int revision, double close, boolean hasFirst) {

        Minute withLaterRevision(Minute other) {
            Minute highest = other.revision > revision ? other : this;
            return new Minute(highest.revision, highest.close, hasFirst || other.hasFirst);
        }
    }
}
