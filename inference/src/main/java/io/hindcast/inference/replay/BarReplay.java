package io.hindcast.inference.replay;

import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditFeature;
import io.hindcast.api.audit.AuditScores;
import io.hindcast.api.market.Interval;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.prediction.RecordedPrediction;
import io.hindcast.inference.backfill.BackfillSources;
import io.hindcast.inference.backfill.BarDays;
import io.hindcast.inference.backfill.DayRuns;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.inference.replay.Comparison.Evidence;
import io.hindcast.inference.replay.Comparison.Recorded;
import io.hindcast.inference.replay.Comparison.Subject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Replays predictions of bars, runs of days on several threads. */
final class BarReplay implements Replay {

    private final VersionId version;
    private final OwedBars owed;
    /** Its candles are read from the log alone. */
    private final BackfillSources log;

    private final DayFileEvidence dayFiles;
    private final ExecutorService threads;

    BarReplay(
            VersionId version, OwedBars owed, BackfillSources log, DayFileEvidence dayFiles, ExecutorService threads) {
        this.version = version;
        this.owed = owed;
        this.log = log;
        this.dayFiles = dayFiles;
        this.threads = threads;
    }

    @Override
    public void compare(
            SortedSet<LocalDate> days, LoadedModel model, Consumer<List<AuditDay>> compared, BooleanSupplier stopped)
            throws InterruptedException {
        DayRuns.compute(days, threads, run -> new RunOfDays(model).compare(run, compared, stopped));
    }

    /** Consecutive days, compared by one thread. */
    private final class RunOfDays {

        private final LoadedModel model;
        private final BarDays bars;
        private final List<AuditDay> results = new ArrayList<>();
        private List<RecordedPrediction> recorded = List.of();
        private BitSet owedMinutes = new BitSet();

        RunOfDays(LoadedModel model) {
            this.model = model;
            this.bars = new BarDays(version.model().symbol(), model, log);
        }

        void compare(SortedSet<LocalDate> days, Consumer<List<AuditDay>> compared, BooleanSupplier stopped)
                throws InterruptedException {
            bars.compute(days, this::minutes, this::compare, stopped);
            if (!results.isEmpty()) {
                compared.accept(results);
            }
        }

        private BitSet minutes(CandleDay candles) {
            owedMinutes = owed.of(candles);
            recorded = log.predictions()
                    .recorded(new BackfillDayId(version, candles.id().day()), owed.mayHoldLane(candles));
            BitSet minutes = (BitSet) owedMinutes.clone();
            recorded.stream()
                    .mapToInt(RecordedPrediction::minute)
                    .filter(minute -> minute >= 0)
                    .forEach(minutes::set);
            return minutes;
        }

        private void compare(CandleDay candles, SortedMap<Long, double[]> predictions, Map<Long, String> failed) {
            Comparison day = new Comparison(
                    candles.id().day(),
                    subject -> evidence(candles, subject.about().toEpochMilli()));
            long midnight = candles.id().openTime(0).toEpochMilli();
            BitSet unrecorded = (BitSet) owedMinutes.clone();
            SortedMap<Integer, List<RecordedPrediction>> byMinute = new TreeMap<>();
            recorded.forEach(row -> byMinute.computeIfAbsent(row.minute(), _ -> new ArrayList<>())
                    .add(row));
            byMinute.forEach((minute, rows) -> {
                long openTime = midnight + minute * Interval.ONE_MINUTE.millis();
                double[] out = predictions.get(openTime);
                for (RecordedPrediction row : rows) {
                    Recorded prediction = recorded(row);
                    if (out != null) {
                        day.compare(Subject.bar(openTime), prediction, scores(out));
                    } else {
                        day.extra(Subject.bar(openTime), prediction, reason(failed.get(openTime)));
                    }
                }
                if (minute >= 0) {
                    unrecorded.clear(minute);
                }
            });
            unrecorded.stream().forEach(minute -> {
                long openTime = midnight + minute * Interval.ONE_MINUTE.millis();
                double[] out = predictions.get(openTime);
                // A bar that could not be scored then, and cannot now, has no prediction on either side.
                if (out != null) {
                    day.missing(Subject.bar(openTime), scores(out));
                }
            });
            results.add(day.result());
        }

        private String reason(@Nullable String failure) {
            return failure == null ? "the log has no candle of this minute" : "the bar cannot be scored: " + failure;
        }

        private Recorded recorded(RecordedPrediction row) {
            return new Recorded(
                    row.origin(),
                    new AuditScores(row.sell(), row.hold(), row.buy()),
                    row.scorer().equals(model.scorer().spec())
                            ? Optional.empty()
                            : Optional.of("it is recorded as scored by "
                                    + row.scorer().engine() + " " + row.scorer().libraryVersion()));
        }

        private Evidence evidence(CandleDay candles, long openTime) {
            SortedMap<String, Double> now = bars.features(openTime);
            DayFileEvidence.Then then = dayFiles.of(version.model().symbol(), model, candles, openTime);
            List<AuditFeature> features = new ArrayList<>();
            now.forEach((name, value) ->
                    features.add(new AuditFeature(name, number(then.features().get(name)), number(value))));
            return new Evidence(then.note(), features);
        }
    }

    private static AuditScores scores(double[] out) {
        return new AuditScores(out[0], out[1], out[2]);
    }

    private static Optional<Double> number(@Nullable Double value) {
        return Optional.ofNullable(value).filter(Double::isFinite);
    }
}
