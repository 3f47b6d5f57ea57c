package io.hindcast.news.web;

import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Keeps requests to one host apart: so many at once, a pause between two, none while the host asked for quiet.
 * Thread-safe.
 */
final class HostGate {

    private static final int HOSTS_KEPT = 512;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final class Host {
        final Semaphore places;
        long nextNanos;

        Host(int places, long now) {
            this.places = new Semaphore(places, true);
            this.nextNanos = now;
        }
    }

    private final int perHost;
    private final WallTimer waits;
    private final Map<String, Host> hosts = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Host> eldest) {
            return size() > HOSTS_KEPT;
        }
    };

    HostGate(int perHost, WallTimer waits) {
        this.perHost = perHost;
        this.waits = waits;
    }

    /** A place among the requests to a host; closing it gives the place back. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a place and the host's pause. */
    Place enter(String host, Duration pause) throws InterruptedException {
        Host at = host(host);
        at.places.acquire();
        try {
            Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            long wait;
            synchronized (at) {
                long now = waits.nanoTime();
                wait = Math.max(0, at.nextNanos - now);
                at.nextNanos = now + wait + bounded.toNanos();
            }
            if (wait > 0) {
                waits.pause(Duration.ofNanos(wait));
            }
        } catch (InterruptedException | RuntimeException e) {
            at.places.release();
            throw e;
        }
        return at.places::release;
    }

    /** Nothing goes to the host before this time is over. */
    void quiet(String host, Duration time) {
        Host at = host(host);
        synchronized (at) {
            at.nextNanos = Math.max(at.nextNanos, waits.nanoTime() + time.toNanos());
        }
    }

    /** How long the host still wants quiet, beyond its ordinary pause. */
    Duration quietLeft(String host) {
        Host at = host(host);
        synchronized (at) {
            return Duration.ofNanos(Math.max(0, at.nextNanos - waits.nanoTime()));
        }
    }

    private Host host(String name) {
        synchronized (hosts) {
            return hosts.computeIfAbsent(name, n -> new Host(perHost, waits.nanoTime()));
        }
    }
}
