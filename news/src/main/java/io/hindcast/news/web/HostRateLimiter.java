package io.hindcast.news.web;

import io.hindcast.runtime.BoundedMap;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Limits the requests to each host: the number at once, the pause between two, and none while the host is blocked.
 * Thread-safe.
 */
final class HostRateLimiter {

    private static final int HOSTS_KEPT = 512;
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private static final class Host {
        final Semaphore permits;
        long nextNanos;

        Host(int permits, long now) {
            this.permits = new Semaphore(permits, true);
            this.nextNanos = now;
        }
    }

    private final int perHost;
    private final WallTimer waits;
    private final Map<String, Host> hosts = new BoundedMap<>(HOSTS_KEPT);

    /** @param perHost most requests to one host at once */
    HostRateLimiter(int perHost, WallTimer waits) {
        this.perHost = perHost;
        this.waits = waits;
    }

    /** Permission for one request; closed by its holder when the request is over. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a permit and for the end of the host's pause.
     *
     * @param pause time from this request to the next one, at most a minute
     */
    Permit acquire(String host, Duration pause) throws InterruptedException {
        Host at = host(host);
        at.permits.acquire();
        try {
            Duration bounded = pause.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : pause;
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
            at.permits.release();
            throw e;
        }
        return at.permits::release;
    }

    /** Allows no request to the host before {@code time} has passed. */
    void block(String host, Duration time) {
        Host at = host(host);
        synchronized (at) {
            at.nextNanos = Math.max(at.nextNanos, waits.nanoTime() + time.toNanos());
        }
    }

    /** Returns the time until the next request to the host is allowed. */
    Duration blockedFor(String host) {
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
