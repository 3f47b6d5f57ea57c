package io.hindcast.inference.backfill;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.history.market.CandleDay;
import io.hindcast.inference.model.LoadedModel;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/** The bars before a version's lane, and those that its lane missed. */
final class BarPast implements Past {

    private final VersionId version;
    private final BackfillScope scope;
    private final BackfillSources log;
    private final InstantSource marketClock;
    private final DayRecorder recorder;
    private final ExecutorService threads;
    private final SortedMap<LocalDate, BitSet> missing = new TreeMap<>();

    BarPast(
            VersionId version,
            BackfillScope scope,
            BackfillSources log,
            InstantSource marketClock,
            DayRecorder recorder,
            ExecutorService threads) {
        this.version = version;
        this.scope = scope;
        this.log = log;
        this.marketClock = marketClock;
        this.recorder = recorder;
        this.threads = threads;
    }

    @Override
    public SortedSet<LocalDate> missingDays() throws InterruptedException {
        missing.clear();
        for (LocalDate day : scope.from().datesUntil(scope.to().plusDays(1)).toList()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            CandleDay candles =
                    log.candles().read(new MarketDayId(version.model().symbol(), Interval.ONE_MINUTE, day));
            BitSet minutes = MissingBars.of(version, scope, candles, log.predictions());
            if (!minutes.isEmpty()) {
                missing.put(day, minutes);
            }
        }
        return new TreeSet<>(missing.keySet());
    }

    @Override
    public void compute(SortedSet<LocalDate> days, LoadedModel model, Runnable onRecorded, BooleanSupplier stopped)
            throws InterruptedException {
        DayRuns.compute(days, threads, run -> {
            RecordedDays recorded = new RecordedDays(version, model.scorer().spec(), marketClock, recorder, onRecorded);
            new BarDays(version.model().symbol(), model, log)
                    .compute(run, candles -> missing.getOrDefault(candles.id().day(), new BitSet()), recorded, stopped);
            recorded.checkAllScored();
        });
    }

    @Override
    public long recorded() {
        return scope.from()
                .datesUntil(scope.to().plusDays(1))
                .mapToLong(day -> log.predictions()
                        .backfilled(new BackfillDayId(version, day))
                        .cardinality())
                .sum();
    }
}
