package io.hindcast.feeds.market;

import io.hindcast.api.kline.UnusableRows;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Imports history, one command per day, several days at once. Day {@code n} is begun only when all days up to {@code n
 * - k} are recorded ({@code k} = days in flight), so after a kill nothing older than {@code k} days before the last
 * recorded bar can be missing, and the next import begins there.
 */
final class HistoryImport {

    private final Symbol symbol;
    private final PastCandleSource source;
    private final CandleRecorder recorder;
    private final InstantSource exchangeTime;
    private final int daysInFlight;
    private final ProgressReporter progress;

    HistoryImport(
            Symbol symbol,
            PastCandleSource source,
            CandleRecorder recorder,
            InstantSource exchangeTime,
            int daysInFlight,
            ProgressReporter progress) {
        this.symbol = symbol;
        this.source = source;
        this.recorder = recorder;
        this.exchangeTime = exchangeTime;
        this.daysInFlight = daysInFlight;
        this.progress = progress;
    }

    private record Day(MinuteRange minutes, Future<Integer> bars) {}

    /**
     * Imports the bars that open from {@code from} up to and not including {@code to}; minutes before the market's
     * first row are not a gap. Rows that are not candles are left out and reported once at the end, and their minutes
     * are gaps.
     *
     * @return number of bars read, which are all held now
     */
    long run(Instant from, Instant to) throws InterruptedException {
        Optional<Instant> first = source.firstAtOrAfter(symbol, from);
        if (first.isEmpty() || !first.get().isBefore(to)) {
            return 0;
        }
        List<MinuteRange> days = new MinuteRange(first.get(), to.minus(MinuteRange.BAR)).byDay();
        UnusableRows unusable = new UnusableRows();
        ArrayDeque<Day> inFlight = new ArrayDeque<>();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try (ProgressReporter.Task task = progress.begin("Importing " + symbol, days.size(), "days")) {
            Finished finished = new Finished(task);
            for (MinuteRange day : days) {
                if (inFlight.size() >= daysInFlight) {
                    finished.await(inFlight.removeFirst());
                }
                inFlight.addLast(new Day(day, executor.submit(() -> importDay(day, unusable))));
            }
            while (!inFlight.isEmpty()) {
                finished.await(inFlight.removeFirst());
            }
            recorder.leftOut(unusable);
            return finished.bars;
        } finally {
            executor.shutdownNow();
        }
    }

    /** The days that are recorded, and the number of their bars. */
    private static final class Finished {

        private final ProgressReporter.Task task;
        private long days;
        private long bars;

        Finished(ProgressReporter.Task task) {
            this.task = task;
        }

        void await(Day day) throws InterruptedException {
            bars += join(day);
            days++;
            task.at(
                    days,
                    String.format(
                            Locale.ROOT,
                            "%,d candles up to %s",
                            bars,
                            day.minutes().day()));
        }
    }

    private int importDay(MinuteRange day, UnusableRows unusable) throws InterruptedException {
        List<Candle> bars = recorder.record(CandleSource.HISTORY, fetch(day, unusable), exchangeTime.instant());
        int count = bars.size();
        for (MinuteRange missing : day.without(bars)) {
            recorder.reportGap(missing, exchangeTime.instant());
            // Unusable rows were counted the first time.
            List<Candle> found =
                    recorder.record(CandleSource.HISTORY, fetch(missing, new UnusableRows()), exchangeTime.instant());
            count += found.size();
            for (MinuteRange none : missing.without(found)) {
                recorder.confirmGap(none, exchangeTime.instant());
            }
        }
        return count;
    }

    private List<Candle> fetch(MinuteRange minutes, UnusableRows unusable) throws InterruptedException {
        return source.candles(symbol, minutes.from(), minutes.end(), unusable);
    }

    private static int join(Day day) throws InterruptedException {
        try {
            return day.bars().get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case InterruptedException interrupted -> throw interrupted;
                case null, default ->
                    throw new IllegalStateException("import of " + day.minutes().day() + " failed", e);
            }
        }
    }
}
