package io.hindcast.inference.backfill;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.history.market.CandleDay;
import io.hindcast.inference.model.LoadedModel;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** The bars before a version's lane, and those that its lane missed. */
final class BarPast implements Past {

    /** Days that one thread computes one after the other, so that it reads their warm-up once. */
    private static final int DAYS_TOGETHER = 7;

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
        List<Future<?>> parts = new ArrayList<>();
        try {
            for (SortedMap<LocalDate, BitSet> part : parts(days)) {
                parts.add(threads.submit(() -> {
                    new BarDays(version, model, log, marketClock, recorder).compute(part, onRecorded, stopped);
                    return null;
                }));
            }
            Throwable failure = null;
            for (Future<?> part : parts) {
                try {
                    part.get();
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                }
            }
            if (failure != null) {
                throw new IllegalStateException(failure.getMessage(), failure);
            }
        } finally {
            // After a stop the rest is found missing again by the next attempt.
            parts.forEach(part -> part.cancel(true));
        }
    }

    /** Returns runs of consecutive days. */
    private List<SortedMap<LocalDate, BitSet>> parts(SortedSet<LocalDate> days) {
        List<SortedMap<LocalDate, BitSet>> parts = new ArrayList<>();
        for (LocalDate day : days) {
            SortedMap<LocalDate, BitSet> last = parts.isEmpty() ? new TreeMap<>() : parts.getLast();
            if (last.isEmpty()
                    || last.size() == DAYS_TOGETHER
                    || !last.lastKey().plusDays(1).equals(day)) {
                last = new TreeMap<>();
                parts.add(last);
            }
            last.put(day, missing.getOrDefault(day, new BitSet()));
        }
        return parts;
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
