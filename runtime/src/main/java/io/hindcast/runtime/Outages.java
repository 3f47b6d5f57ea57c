package io.hindcast.runtime;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Record of what does not work in this process and of what was given up. Console, health and the page read it, so that
 * nothing of the kind stands in the log alone. Thread-safe; reporting the same again changes nothing.
 */
public final class Outages {

    /** Losses kept; of more the oldest are forgotten. */
    public static final int LOSSES_KEPT = 200;

    private final InstantSource wallClock;
    private final Map<String, Outage> current = new TreeMap<>();
    private final Deque<Outage> losses = new ArrayDeque<>();
    private long lossesReported;

    public Outages(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /** Reports that a part does not work and that the process is not ready while that lasts. */
    public void down(String part, String problem, String remedy) {
        put(part, Outage.Severity.DOWN, problem, remedy);
    }

    /** Reports that a part does not work and that everything else goes on without it. */
    public void degraded(String part, String problem, String remedy) {
        put(part, Outage.Severity.DEGRADED, problem, remedy);
    }

    private synchronized void put(String part, Outage.Severity severity, String problem, String remedy) {
        current.merge(
                part,
                new Outage(part, severity, problem, remedy, wallClock.instant()),
                (before, now) -> new Outage(part, severity, problem, remedy, before.since()));
    }

    /** Reports that a part works again; without an outage of it nothing happens. */
    public synchronized void over(String part) {
        current.remove(part);
    }

    /** Reports that something was given up for good while the part goes on. */
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

    /** Outages under way, by part. */
    public synchronized List<Outage> current() {
        return List.copyOf(current.values());
    }

    /** Losses reported since the process started, oldest first, {@value #LOSSES_KEPT} at most. */
    public synchronized List<Outage> losses() {
        return List.copyOf(losses);
    }

    /** Number of losses reported so far. */
    public synchronized long lossesReported() {
        return lossesReported;
    }

    /** Losses reported after the first {@code seen}, oldest first; those forgotten meanwhile are missing. */
    public synchronized List<Outage> lossesAfter(long seen) {
        List<Outage> kept = new ArrayList<>(losses);
        long fresh = Math.min(kept.size(), Math.max(0, lossesReported - seen));
        return List.copyOf(kept.subList(kept.size() - (int) fresh, kept.size()));
    }
}
