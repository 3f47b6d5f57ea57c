package io.hindcast.feeds.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Brings history in, a command a day, several days at once. Day {@code n} is begun only when all days up to {@code n - k} are
 * recorded ({@code k} = days in flight): after a kill nothing older than {@code k} days before the last recorded bar can be
 * missing, which is where the next import begins.
 */
final class HistoryImport {

    private final Symbol symbol;
    private final CandleSupply supply;
    private final Recorder recorder;
    private final InstantSource exchangeTime;
    private final int daysInFlight;
    private final ProgressReporter progress;

    HistoryImport(
            Symbol symbol,
            CandleSupply supply,
            Recorder recorder,
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

    private record Day(Minutes minutes, Future<Integer> work) {}

    /**
     * Imports what opens from {@code from} up to and not including {@code to}; minutes before the market's first bar are no gap.
     *
     * @return how many bars there were
     */
    long run(Instant from, Instant to) throws InterruptedException {
        Optional<Instant> first = supply.firstAtOrAfter(symbol, from);
        if (first.isEmpty() || !first.get().isBefore(to)) {
            return 0;
        }
        Minutes all = new Minutes(first.get(), to.minus(Minutes.BAR));
        long bars = 0;
        ArrayDeque<Day> inFlight = new ArrayDeque<>();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try (ProgressReporter.Task task = progress.begin("Importing " + symbol, all.count(), "candles")) {
            long done = 0;
            for (Minutes day : all.byDay()) {
                if (inFlight.size() >= daysInFlight) {
                    Day oldest = inFlight.removeFirst();
                    bars += join(oldest);
                    done += oldest.minutes().count();
                    task.at(done, oldest.minutes().day().toString());
                }
                inFlight.addLast(new Day(day, executor.submit(() -> importDay(day))));
            }
            while (!inFlight.isEmpty()) {
                Day oldest = inFlight.removeFirst();
                bars += join(oldest);
                done += oldest.minutes().count();
                task.at(done, oldest.minutes().day().toString());
            }
        } finally {
            executor.shutdownNow();
        }
        return bars;
    }

    private int importDay(Minutes day) throws InterruptedException {
        List<Candle> bars = fetch(day);
        recorder.record(CandleSource.HISTORY, bars, exchangeTime.instant());
        int count = bars.size();
        for (Minutes missing : day.without(bars)) {
            recorder.reportGap(missing, exchangeTime.instant());
            List<Candle> found = fetch(missing);
            recorder.record(CandleSource.HISTORY, found, exchangeTime.instant());
            count += found.size();
            for (Minutes none : missing.without(found)) {
                recorder.confirmGap(none, exchangeTime.instant());
            }
        }
        return count;
    }

    private List<Candle> fetch(Minutes minutes) throws InterruptedException {
        return supply.candles(symbol, minutes.from(), minutes.to().plus(Minutes.BAR));
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
