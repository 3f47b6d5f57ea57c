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
 * Brings history in, a command a day, several days at once. Day {@code n} is begun only when all days up to {@code n -
 * k} are recorded ({@code k} = days in flight): after a kill nothing older than {@code k} days before the last recorded
 * bar can be missing, which is where the next import begins.
 */
final class HistoryImport {

    private final Symbol symbol;
    private final PastCandleSource supply;
    private final CandleRecorder recorder;
    private final InstantSource exchangeTime;
    private final int daysInFlight;
    private final ProgressReporter progress;

    HistoryImport(
            Symbol symbol,
            PastCandleSource supply,
            CandleRecorder recorder,
            InstantSource exchangeTime,
            int daysInFlight,
            ProgressReporter progress) {
        this.symbol = symbol;
        this.supply = supply;
        this.recorder = recorder;
        this.exchangeTime = exchangeTime;
        this.daysInFlight = daysInFlight;
        this.progress = progress;
    }

    private record Day(MinuteRange minutes, Future<Integer> work) {}

    /**
     * Imports what opens from {@code from} up to and not including {@code to}; minutes before the market's first row
     * are no gap. Rows that are no candles are left out, said once when all is in, and their minutes are gaps.
     *
     * @return how many bars were read and are held now
     */
    long run(Instant from, Instant to) throws InterruptedException {
        Optional<Instant> first = supply.firstAtOrAfter(symbol, from);
        if (first.isEmpty() || !first.get().isBefore(to)) {
            return 0;
        }
        List<MinuteRange> days = new MinuteRange(first.get(), to.minus(MinuteRange.BAR)).byDay();
        UnusableRows unusable = new UnusableRows();
        ArrayDeque<Day> inFlight = new ArrayDeque<>();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try (ProgressReporter.Task task = progress.begin("Importing " + symbol, days.size(), "days")) {
            Joined joined = new Joined(task);
            for (MinuteRange day : days) {
                if (inFlight.size() >= daysInFlight) {
                    joined.take(inFlight.removeFirst());
                }
                inFlight.addLast(new Day(day, executor.submit(() -> importDay(day, unusable))));
            }
            while (!inFlight.isEmpty()) {
                joined.take(inFlight.removeFirst());
            }
            recorder.leftOut(unusable);
            return joined.bars;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Days that are in, and the bars they brought. */
    private static final class Joined {

        private final ProgressReporter.Task task;
        private long days;
        private long bars;

        Joined(ProgressReporter.Task task) {
            this.task = task;
        }

        void take(Day day) throws InterruptedException {
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
            // What can't be used was counted the first time.
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
        return supply.candles(symbol, minutes.from(), minutes.to().plus(MinuteRange.BAR), unusable);
    }

    private static int join(Day day) throws InterruptedException {
        try {
            return day.work().get();
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
