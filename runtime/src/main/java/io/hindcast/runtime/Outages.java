package io.hindcast.runtime;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Record of this process's outages and losses. The console, the health endpoint and the dashboard read it, so that no
 * outage is reported in the log alone. Thread-safe; reporting an outage or a loss again changes nothing.
 */
public final class Outages {

    /** Maximum number of losses kept; the oldest are dropped. */
    public static final int LOSSES_KEPT = 200;

    private final InstantSource wallClock;
    private final Map<String, Outage> current = new TreeMap<>();
    private final Deque<Outage> losses = new ArrayDeque<>();
    private long lossesReported;

    public Outages(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /** Reports that a part does not work. The process is not ready while the outage lasts. */
    public void down(String part, String problem, String remedy) {
        put(part, Outage.Severity.DOWN, problem, remedy);
    }

    /** Reports that a part does not work while everything else goes on without it. */
    public void degraded(String part, String problem, String remedy) {
        put(part, Outage.Severity.DEGRADED, problem, remedy);
    }

    private synchronized void put(String part, Outage.Severity severity, String problem, String remedy) {
        current.merge(
                part,
                new Outage(part, severity, problem, remedy, wallClock.instant()),
                (before, now) -> new Outage(part, severity, problem, remedy, before.since()));
    }

    /** Ends the outage of a part, if there is one. */
    public synchronized void over(String part) {
        current.remove(part);
    }

    /** Reports something that was given up for good while the part goes on. */
    public synchronized void lost(String part, String problem, String remedy) {
        for (Outage known : losses) {
            if (known.part().equals(part) && known.problem().equals(problem)) {
                return;
            }
        }
        losses.addLast(new Outage(part, Outage.Severity.LOST, problem, remedy, wallClock.instant()));
        lossesReported++;
        if (losses.size() > LOSSES_KEPT) {
            losses.removeFirst();
        }
    }

    /** Returns the current outages, ordered by part. */
    public synchronized List<Outage> current() {
        return List.copyOf(current.values());
    }

    /** Returns the losses since the process started, oldest first, at most {@value #LOSSES_KEPT}. */
    public synchronized List<Outage> losses() {
        return List.copyOf(losses);
    }

    /** Returns the number of losses reported so far. */
    public synchronized long lossesReported() {
        return lossesReported;
    }

    /** Returns the losses after the first {@code seen}, oldest first, without those that have been dropped. */
    public synchronized List<Outage> lossesAfter(long seen) {
        List<Outage> kept = new ArrayList<>(losses);
        long fresh = Math.min(kept.size(), Math.max(0, lossesReported - seen));
        return List.copyOf(kept.subList(kept.size() - (int) fresh, kept.size()));
    }
}
