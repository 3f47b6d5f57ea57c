package io.hindcast.worker;

import io.hindcast.api.training.TrainingProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects metrics into batches at growing intervals: a twentieth of the time so far, so that a run of hours has some
 * hundred of them and a short one is seen at once. Thread-safe.
 */
final class MetricsBatches {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final int SHARE = 20;

    /** The last batches are kept for the end of the run. */
    private static final int RESERVED = 2;

    private final int launch;
    private final LongSupplier nanoTime;
    private final long begun;
    private final SortedMap<Integer, SortedMap<String, Double>> waiting = new TreeMap<>();
    private long sentAt;
    private int sent;
    private int lastStep = -1;
    private @Nullable TrainingProgress unacknowledged;

    MetricsBatches(int launch, LongSupplier nanoTime) {
        this.launch = launch;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.sentAt = begun;
    }

    /** Adds the metrics of a step; of a step that was sent already they are dropped. */
    synchronized void add(int step, Map<String, Double> metrics) {
        if (step <= lastStep) {
            return;
        }
        SortedMap<String, Double> named = waiting.computeIfAbsent(step, s -> new TreeMap<>());
        metrics.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                named.put(name.replace(' ', '-'), value);
            }
        });
        if (waiting.size() > TrainingProgress.MAX_STEPS) {
            thinOut();
        }
    }

    /** Keeps every second step. */
    private void thinOut() {
        List<Integer> steps = new ArrayList<>(waiting.keySet());
        for (int i = 0; i < steps.size(); i += 2) {
            waiting.remove(steps.get(i));
        }
    }

    /** Returns the batch that is due, the same one until it is {@link #acknowledge}d; empty if none is. */
    synchronized Optional<TrainingProgress> due() {
        long now = nanoTime.getAsLong();
        long interval = Math.max(SHORTEST.toNanos(), (now - begun) / SHARE);
        boolean last = sent >= TrainingProgress.MAX_BATCHES - RESERVED;
        return unacknowledged == null && (last || now - sentAt < interval) ? Optional.empty() : rest();
    }

    /** Returns all that is left as a batch; empty if nothing is. */
    synchronized Optional<TrainingProgress> rest() {
        if (unacknowledged == null && !waiting.isEmpty() && sent < TrainingProgress.MAX_BATCHES) {
            unacknowledged = batch();
            waiting.clear();
            lastStep = unacknowledged.steps().getLast();
            sent = unacknowledged.batch();
            sentAt = nanoTime.getAsLong();
        }
        return Optional.ofNullable(unacknowledged);
    }

    synchronized void acknowledge() {
        unacknowledged = null;
    }

    @SuppressWarnings("NullAway") // a column may have nulls, which a class file does not show
    private TrainingProgress batch() {
        SortedSet<String> names = new TreeSet<>();
        waiting.values().forEach(metrics -> names.addAll(metrics.keySet()));
        SortedMap<String, List<@Nullable Double>> columns = new TreeMap<>();
        for (String name : names) {
            List<@Nullable Double> values = new ArrayList<>();
            waiting.values().forEach(metrics -> values.add(metrics.get(name)));
            columns.put(name, values);
        }
        return new TrainingProgress(launch, sent + 1, List.copyOf(waiting.keySet()), columns);
    }
}
