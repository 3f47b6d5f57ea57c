package io.hindcast.training.dispatch;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.FailDataset;
import io.hindcast.api.training.RecordDataset;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.runtime.Outages;
import io.hindcast.training.dataset.DatasetSlicer;
import io.hindcast.training.run.CycleState;
import io.hindcast.training.run.TrainingLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slices the datasets of requested cycles, one at a time. Its turns are those of a supervised loop. */
final class DatasetSlicing {

    private static final Logger log = LoggerFactory.getLogger(DatasetSlicing.class);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final OpenWork work;
    private final TrainingLog training;
    private final DatasetSlicer slicer;
    private final TrainingCommands commands;
    private final InstantSource marketClock;
    private final Outages outages;

    DatasetSlicing(
            OpenWork work,
            TrainingLog training,
            DatasetSlicer slicer,
            TrainingCommands commands,
            InstantSource marketClock,
            Outages outages) {
        this.work = work;
        this.training = training;
        this.slicer = slicer;
        this.commands = commands;
        this.marketClock = marketClock;
        this.outages = outages;
    }

    void turn() throws InterruptedException {
        Optional<Symbol> next = work.nextDataset();
        if (next.isEmpty()) {
            work.await(IDLE);
            return;
        }
        Symbol symbol = next.get();
        CycleState cycle = training.cycle(symbol);
        if (cycle.awaitsDataset()) {
            slice(cycle.requested().orElseThrow());
        } else {
            work.done(symbol);
        }
    }

    private void slice(TrainingCycleRequested cycle) throws InterruptedException {
        Symbol symbol = cycle.symbol();
        Object end;
        try {
            long begun = System.nanoTime();
            DatasetRef dataset = slicer.slice(cycle, () -> isOver(cycle));
            log.info(
                    "Dataset of {} cycle {}: {} rows, {} bars, {} articles in {} ms",
                    symbol,
                    cycle.cycle(),
                    dataset.rows(),
                    dataset.bars(),
                    dataset.articles(),
                    (System.nanoTime() - begun) / 1_000_000);
            end = new RecordDataset(symbol, cycle.cycle(), dataset, marketClock.instant());
            outages.over(part(symbol));
        } catch (CancellationException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            return;
        } catch (IllegalArgumentException e) {
            end = failed(cycle, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            end = failed(cycle, "it ran out of memory (" + e.getMessage() + ")");
        }
        commands.accepted(end);
    }

    private FailDataset failed(TrainingCycleRequested cycle, String reason) {
        TrainingFailure failure = new TrainingFailure(
                reason,
                "Train again once more is recorded, or set another history (hindcast.sagas.history-days)",
                false);
        outages.degraded(
                part(cycle.symbol()),
                "The dataset of " + cycle.symbol() + " cycle " + cycle.cycle() + " cannot be sliced: " + reason,
                failure.remedy());
        return new FailDataset(cycle.symbol(), cycle.cycle(), failure, marketClock.instant());
    }

    /** Asked before every day. */
    private boolean isOver(TrainingCycleRequested cycle) {
        return Thread.currentThread().isInterrupted()
                || !training.cycle(cycle.symbol()).awaitsDataset();
    }

    private static String part(Symbol symbol) {
        return "dataset of " + symbol;
    }
}
