package io.hindcast.ml.dataset;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.news.Sentiment;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Computes the rows of a dataset while its bars are read day by day, in bounded memory: a few days of bars, whatever
 * the length of the period. Its samples are those of {@link DatasetBuilder} for windows of every length: a bar that is
 * in windows only is a row without a label, and each row has its context, the length of its longest window.
 *
 * <p>Used once, by one thread: first every {@link #score}, then {@link #day} for day after day from {@link #firstDay}
 * to that of the last bar, then {@link #finish}.
 */
public final class RowStream {

    private static final long BAR = Interval.ONE_MINUTE.millis();
    private static final int LONGEST = PointInTimeFeatures.LONGEST_WINDOW;

    private final LabelSpec label;
    private final long first;
    private final long last;
    private final long firstRow;
    private final int anchorDays;
    private final PointInTimeFeatures pointInTime;
    private final RowSink sink;
    private final TreeMap<Long, Minute> minutes = new TreeMap<>();
    private long next;
    private long before = Long.MIN_VALUE;
    private long momentBefore;
    private int contextBefore;

    /**
     * @param from open time of the first sample
     * @param to open time of the last bar; the outcomes of samples reach no further
     * @throws IllegalArgumentException if {@code to} is before {@code from}
     */
    public RowStream(FeatureSet features, LabelSpec label, Instant from, Instant to, RowSink sink) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("range ends at " + to + ", expected " + from + " or later");
        }
        this.label = label;
        this.first = from.toEpochMilli();
        this.last = to.toEpochMilli();
        this.firstRow = first - (LONGEST - 1) * BAR;
        this.anchorDays = features.anchorDays();
        this.pointInTime = new PointInTimeFeatures(features);
        this.sink = sink;
        this.next = Math.ceilDiv(firstRow, BAR) * BAR;
    }

    /** Returns the first day whose bars are needed. */
    public LocalDate firstDay() {
        return UtcDay.of(Instant.ofEpochMilli(firstRow)).minusDays(anchorDays);
    }

    /** Returns the first-seen time of the first articles whose scores are needed. */
    public Instant newsNeededFrom() {
        return Instant.ofEpochMilli(firstRow).minus(Sentiment.WINDOW);
    }

    /** Adds the score of an article. */
    public void score(Sentiment.Score score) {
        pointInTime.record(score);
    }

    /**
     * Adds a day, and passes on the rows whose horizon it completes.
     *
     * @param bars every revision of the day's bars, in any order
     */
    public void day(LocalDate day, List<KnownBar> bars) {
        for (KnownBar known : bars) {
            pointInTime.record(known);
            minutes.merge(known.bar().openTime(), Minute.of(known), Minute::and);
        }
        long end = UtcDay.start(day.plusDays(1)).toEpochMilli();
        rowsBefore(end - label.horizonBars() * BAR);
    }

    /** Passes on the remaining rows. */
    public void finish() {
        rowsBefore(last + BAR);
    }

    private void rowsBefore(long end) {
        for (long openTime = next; openTime < end && openTime <= last; openTime += BAR) {
            Minute minute = minutes.get(openTime);
            if (minute != null && minute.hasFirst()) {
                sink.accept(row(openTime, minute));
            }
        }
        if (end > next) {
            next = Math.min(end, last + BAR);
            long oldest = next - LONGEST * BAR;
            pointInTime.forgetBefore(oldest);
            minutes.headMap(oldest).clear();
        }
    }

    private RowSink.Row row(long openTime, Minute minute) {
        double[] features = pointInTime.at(openTime);
        int context = context(openTime, minute.firstKnownAt());
        long horizon = openTime + label.horizonBars() * BAR;
        if (openTime < first || horizon > last || !isUnbroken(openTime, horizon)) {
            return new RowSink.Row(openTime, features, context, OptionalInt.empty(), Double.NaN, Double.NaN);
        }
        double close = minute.close();
        Minute previous = minutes.get(openTime - BAR);
        return new RowSink.Row(
                openTime,
                features,
                context,
                OptionalInt.of(label.outcome(close, closeAt(horizon)).classIndex()),
                closeAt(openTime + BAR) / close - 1,
                previous == null ? Double.NaN : close / previous.close() - 1);
    }

    /**
     * Extends the context of the row before, whose bars were all known then, and so are now unless this bar became
     * known earlier.
     */
    private int context(long openTime, long moment) {
        int longest = (int) Math.min(LONGEST, (openTime - firstRow) / BAR + 1);
        boolean goesOn = before == openTime - BAR && momentBefore <= moment;
        int context = goesOn ? Math.min(contextBefore + 1, longest) : 1;
        while (context < longest && isKnown(openTime - context * BAR, moment)) {
            context++;
        }
        before = openTime;
        momentBefore = moment;
        contextBefore = context;
        return context;
    }

    private boolean isKnown(long openTime, long moment) {
        Minute minute = minutes.get(openTime);
        return minute != null && minute.hasFirst() && minute.firstKnownAt() <= moment;
    }

    private boolean isUnbroken(long openTime, long horizon) {
        for (long t = openTime + BAR; t <= horizon; t += BAR) {
            if (!minutes.containsKey(t)) {
                return false;
            }
        }
        return true;
    }

    private double closeAt(long openTime) {
        Minute minute = minutes.get(openTime);
        if (minute == null) {
            throw new IllegalStateException("no bar at " + Instant.ofEpochMilli(openTime) + " in an unbroken horizon");
        }
        return minute.close();
    }

    /**
     * A minute so far.
     *
     * @param revision highest one
     * @param close of that revision
     * @param firstKnownAt when revision 0 became known; the greatest value without it
     */
    private record Minute(int revision, double close, long firstKnownAt) {

        static Minute of(KnownBar known) {
            return new Minute(
                    known.revision(), known.bar().close(), known.revision() == 0 ? known.knownAt() : Long.MAX_VALUE);
        }

        boolean hasFirst() {
            return firstKnownAt < Long.MAX_VALUE;
        }

        Minute and(Minute other) {
            Minute highest = other.revision > revision ? other : this;
            return new Minute(highest.revision, highest.close, hasFirst() ? firstKnownAt : other.firstKnownAt);
        }
    }
}
