package io.hindcast.inference.backfill;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Runs of consecutive days, each computed by one thread, so that it reads their warm-up once. */
public final class DayRuns {

    private static final int DAYS_TOGETHER = 7;

    private DayRuns() {}

    /** Computes one run of days. */
    @FunctionalInterface
    public interface Run {
        void compute(SortedSet<LocalDate> days) throws InterruptedException;
    }

    /**
     * Computes days on several threads and waits for all; after a failure the other runs are still computed.
     *
     * @throws IllegalStateException with the first failure as its cause
     */
    public static void compute(SortedSet<LocalDate> days, ExecutorService threads, Run run)
            throws InterruptedException {
        List<Future<?>> parts = new ArrayList<>();
        try {
            for (SortedSet<LocalDate> part : runs(days)) {
                parts.add(threads.submit(() -> {
                    run.compute(part);
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

    private static List<SortedSet<LocalDate>> runs(SortedSet<LocalDate> days) {
        List<SortedSet<LocalDate>> runs = new ArrayList<>();
        for (LocalDate day : days) {
            SortedSet<LocalDate> last = runs.isEmpty() ? new TreeSet<>() : runs.getLast();
            if (last.isEmpty()
                    || last.size() == DAYS_TOGETHER
                    || !last.last().plusDays(1).equals(day)) {
                last = new TreeSet<>();
                runs.add(last);
            }
            last.add(day);
        }
        return runs;
    }
}
