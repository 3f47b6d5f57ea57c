package io.hindcast.inference.backfill;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.Sentiment;
import io.hindcast.history.market.CandleDay;
import io.hindcast.inference.model.BarScorer;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes a run of consecutive days of one version, in order. The features of a bar are a function of the log as of
 * the moment at which the bar became known, as for a lane: gaps, corrections and late bars as the lane would have seen
 * them. Used by one thread.
 */
public final class BarDays {

    /**
     * Most numbers in one call of a scorer: a megabyte, so that they are reused while still in the processor's caches.
     */
    private static final int NUMBERS_AT_ONCE = 131_072;

    private final Symbol symbol;
    private final LoadedModel model;
    private final BackfillSources log;
    private final FeatureSet set;
    private final PointInTimeFeatures features;
    private double[] rows = new double[0];
    /** Days of bars, and of scores that took effect, that were read. */
    private @Nullable LocalDate barsTo;

    private @Nullable LocalDate sentimentTo;

    /** Receives computed days. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes over one day; the features of its bars can be read meanwhile.
         *
         * @param candles the day's bars
         * @param predictions the probabilities of SELL, HOLD and BUY, by open time
         * @param failed reasons for bars that could not be scored, by open time
         */
        void computed(CandleDay candles, SortedMap<Long, double[]> predictions, Map<Long, String> failed);
    }

    public BarDays(Symbol symbol, LoadedModel model, BackfillSources log) {
        this.symbol = symbol;
        this.model = model;
        this.log = log;
        this.set = model.features();
        this.features = new PointInTimeFeatures(set);
    }

    /** A bar to predict. */
    private record Wanted(long openTime, long knownAt) {}

    /**
     * Computes days that follow each other without a gap.
     *
     * @param minutes returns the minutes to predict of a day
     * @param stopped whether to return early, before the next day
     */
    public void compute(
            SortedSet<LocalDate> days, Function<CandleDay, BitSet> minutes, Sink sink, BooleanSupplier stopped)
            throws InterruptedException {
        for (LocalDate day : days) {
            if (stopped.getAsBoolean()) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long first = UtcDay.start(day).toEpochMilli();
            features.forgetBefore(first - (model.bars() - 1L) * Interval.ONE_MINUTE.millis());
            CandleDay candles = readTo(day);
            List<Wanted> wanted = wanted(candles, minutes.apply(candles));
            if (!wanted.isEmpty()) {
                readSentiment(day, wanted.getLast().knownAt);
            }
            predict(candles, wanted, sink);
        }
    }

    /** Returns the features of a bar of the day being computed, by name; {@code NaN} where there is no value. */
    public SortedMap<String, Double> features(long openTime) {
        double[] values = features.at(openTime);
        SortedMap<String, Double> byName = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            byName.put(set.names().get(i), values[i]);
        }
        return byName;
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

    private void predict(CandleDay day, List<Wanted> wanted, Sink sink) {
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
                features.readWindow(bar.openTime, model.bars(), rows, bars.size() * columns);
                bars.add(bar.openTime);
            }
            scorer.score(bars, rows);
        }
        sink.computed(day, predictions, scorer.failed());
    }
}
