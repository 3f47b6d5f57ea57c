package io.hindcast.inference.backfill;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.history.market.CandleDay;
import io.hindcast.inference.model.BarScorer;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Computes and records a run of consecutive days of one version, in order. The features of a bar are a function of the
 * log as of the moment at which the bar became known, as for a lane: gaps, corrections and late bars as the lane would
 * have seen them. Used by one thread.
 */
final class BarDays {

    /**
     * Most numbers in one call of a scorer: a megabyte, so that they are reused while still in the processor's caches.
     */
    private static final int NUMBERS_AT_ONCE = 131_072;

    private final VersionId version;
    private final Symbol symbol;
    private final LoadedModel model;
    private final BackfillSources log;
    private final InstantSource marketClock;
    private final DayRecorder recorder;
    private final FeatureSet set;
    private final PointInTimeFeatures features;
    private double[] rows = new double[0];
    /** Days of bars, and of scores that took effect, that were read. */
    private @Nullable LocalDate barsTo;

    private @Nullable LocalDate sentimentTo;
    /** The first bar that could not be scored, with the reason. */
    private @Nullable String unscored;

    BarDays(
            VersionId version,
            LoadedModel model,
            BackfillSources log,
            InstantSource marketClock,
            DayRecorder recorder) {
        this.version = version;
        this.symbol = version.model().symbol();
        this.model = model;
        this.log = log;
        this.marketClock = marketClock;
        this.recorder = recorder;
        this.set = model.features();
        this.features = new PointInTimeFeatures(set);
    }

    /** A bar to predict. */
    private record Wanted(long openTime, long knownAt) {}

    /**
     * Computes and records the days.
     *
     * @param missing minutes of each day, which follow each other without a gap
     * @throws IllegalStateException if a bar could not be scored; all others are recorded
     */
    void compute(SortedMap<LocalDate, BitSet> missing, Runnable onRecorded, BooleanSupplier stopped)
            throws InterruptedException {
        for (Map.Entry<LocalDate, BitSet> day : missing.entrySet()) {
            if (stopped.getAsBoolean()) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long first = UtcDay.start(day.getKey()).toEpochMilli();
            features.forgetBefore(first - (model.bars() - 1L) * Interval.ONE_MINUTE.millis());
            List<Wanted> wanted = wanted(readTo(day.getKey()), day.getValue());
            if (!wanted.isEmpty()) {
                readSentiment(day.getKey(), wanted.getLast().knownAt);
                record(day.getKey(), wanted);
            }
            onRecorded.run();
        }
        if (unscored != null) {
            throw new IllegalStateException(unscored);
        }
    }

    /** Reads the bars up to a day, from the first one that its features need. */
    private CandleDay readTo(LocalDate day) {
        LocalDate from = barsTo == null ? warmUp(day) : barsTo.plusDays(1);
        CandleDay last = null;
        for (LocalDate date = from; !date.isAfter(day); date = date.plusDays(1)) {
            last = log.candles().read(new MarketDayId(symbol, Interval.ONE_MINUTE, date));
            for (int row = 0; row < last.size(); row++) {
                features.record(KnownBar.of(last, row));
            }
        }
        barsTo = day;
        if (last == null) {
            throw new IllegalStateException("the days of a run are not in order at " + day);
        }
        return last;
    }

    private LocalDate warmUp(LocalDate day) {
        long first = UtcDay.start(day).toEpochMilli() - (model.bars() - 1L) * Interval.ONE_MINUTE.millis();
        return UtcDay.of(Instant.ofEpochMilli(first)).minusDays(set.anchorDays());
    }

    /** Reads the scores of articles that had taken effect when the last bar became known, which may be much later. */
    private void readSentiment(LocalDate day, long latest) {
        if (!set.readsNews()) {
            return;
        }
        LocalDate from =
                sentimentTo == null ? warmUp(day).minusDays(Sentiment.WINDOW.toDays() + 1) : sentimentTo.plusDays(1);
        LocalDate to = UtcDay.of(Instant.ofEpochMilli(latest));
        if (!from.isAfter(to)) {
            log.sentiment().days(symbol, from, to).forEach(effect -> features.record(effect.score()));
            sentimentTo = to;
        }
    }

    /** Returns bars in the order in which they became known, in which features are computed fastest. */
    private static List<Wanted> wanted(CandleDay day, BitSet minutes) {
        List<Wanted> wanted = new ArrayList<>();
        for (int row = 0; row < day.size(); row++) {
            if (day.revision(row) == 0 && minutes.get(day.minute(row))) {
                wanted.add(new Wanted(day.openTime(row), day.knownAt(row)));
            }
        }
        wanted.sort(Comparator.comparingLong(Wanted::knownAt).thenComparingLong(Wanted::openTime));
        return wanted;
    }

    private void record(LocalDate day, List<Wanted> wanted) {
        int columns = model.bars() * set.size();
        int batch = Math.max(1, Math.min(wanted.size(), NUMBERS_AT_ONCE / columns));
        if (rows.length < batch * columns) {
            rows = new double[batch * columns];
        }
        SortedMap<Long, double[]> predictions = new TreeMap<>();
        BarScorer scorer = new BarScorer(
                model,
                (openTime, out, at) -> predictions.put(openTime, new double[] {out[at], out[at + 1], out[at + 2]}));
        for (int from = 0; from < wanted.size() && !scorer.isStopped(); from += batch) {
            List<Long> bars = new ArrayList<>(batch);
            for (Wanted bar : wanted.subList(from, Math.min(wanted.size(), from + batch))) {
                double[] window = features.window(bar.openTime, model.bars());
                System.arraycopy(window, 0, rows, bars.size() * columns, columns);
                bars.add(bar.openTime);
            }
            scorer.score(bars, rows);
        }
        if (!predictions.isEmpty()) {
            recorder.record(new RecordBackfillDay(
                    new BackfillDayId(version, day),
                    model.scorer().spec(),
                    marketClock.instant(),
                    columns(predictions)));
        }
        if (!scorer.failed().isEmpty() && unscored == null) {
            Map.Entry<Long, String> bar = scorer.failed().entrySet().iterator().next();
            unscored = "the bar of " + Instant.ofEpochMilli(bar.getKey()) + " could not be scored: " + bar.getValue();
        }
    }

    private static BackfilledBars columns(SortedMap<Long, double[]> predictions) {
        List<Integer> minute = new ArrayList<>(predictions.size());
        List<Double> sell = new ArrayList<>(predictions.size());
        List<Double> hold = new ArrayList<>(predictions.size());
        List<Double> buy = new ArrayList<>(predictions.size());
        predictions.forEach((openTime, out) -> {
            minute.add((int) (Math.floorDiv(openTime, Interval.ONE_MINUTE.millis()) % Interval.ONE_MINUTE.perDay()));
            sell.add(out[0]);
            hold.add(out[1]);
            buy.add(out[2]);
        });
        return new BackfilledBars(minute, sell, hold, buy);
    }
}
