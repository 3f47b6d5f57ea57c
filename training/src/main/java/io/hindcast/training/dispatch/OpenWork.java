package io.hindcast.training.dispatch;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cycles whose dataset may have to be sliced, and runs whose machine may have to be attended to. What is to be done
 * with each of them follows from the log. Thread-safe.
 */
public final class OpenWork {

    private final Set<Symbol> datasets = new LinkedHashSet<>();
    private final Set<TrainingRunId> runs = new LinkedHashSet<>();
    private long changes;

    synchronized void add(Symbol symbol) {
        datasets.add(symbol);
        changed();
    }

    synchronized void add(TrainingRunId run) {
        runs.add(run);
        changed();
    }

    synchronized void done(Symbol symbol) {
        datasets.remove(symbol);
    }

    synchronized void done(TrainingRunId run) {
        runs.remove(run);
    }

    /** Returns the symbol whose cycle was requested first of those open. */
    synchronized Optional<Symbol> nextDataset() {
        return datasets.stream().findFirst();
    }

    /** Returns the open runs in the order in which they were queued. */
    synchronized List<TrainingRunId> runs() {
        return List.copyOf(runs);
    }

    /** Returns whether nothing is open. */
    public synchronized boolean isEmpty() {
        return datasets.isEmpty() && runs.isEmpty();
    }

    /** Ends the waits of all threads. */
    synchronized void changed() {
        changes++;
        notifyAll();
    }

    /** Waits for a change, {@code time} at most. */
    synchronized void await(Duration time) throws InterruptedException {
        long before = changes;
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis();
                changes == before && left > 0;
                left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
