package io.hindcast.training.compute.vast;

import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Keeps the least time between calls of each kind. After an answer that calls come too fast, calls of the kind are put
 * off for a growing time; the API does not say for how long. Not thread-safe.
 */
final class CallSpacing {

    /** Longest wait inside a call; a call that would wait longer is put off instead. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Duration LONGEST_PENALTY = Duration.ofMinutes(1);

    private final WallTimer timer;
    private final Map<VastCall, Long> next = new EnumMap<>(VastCall.class);
    private final Map<VastCall, Duration> penalty = new EnumMap<>(VastCall.class);

    CallSpacing(WallTimer timer) {
        this.timer = timer;
    }

    /**
     * Waits until a call may be made.
     *
     * @throws VastException if that takes too long, or the thread is interrupted
     */
    void await(VastCall call) {
        Long earliest = next.get(call);
        Duration wait = earliest == null ? Duration.ZERO : Duration.ofNanos(earliest - timer.nanoTime());
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            throw new VastException(
                    VastException.Kind.BUSY,
                    "calls to " + call.label() + " were too fast; the next one may be made in " + wait.toSeconds()
                            + " s");
        }
        if (wait.isPositive()) {
            try {
                timer.pause(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new VastException(VastException.Kind.BUSY, "interrupted before a call to " + call.label());
            }
        }
        next.put(call, timer.nanoTime() + call.spacing().toNanos());
    }

    /** Notes that a call was accepted. */
    void accepted(VastCall call) {
        penalty.remove(call);
    }

    /** Notes that a call came too fast. */
    void tooFast(VastCall call) {
        Duration before = penalty.getOrDefault(call, call.spacing());
        Duration now = before.multipliedBy(2);
        Duration bounded = now.compareTo(LONGEST_PENALTY) > 0 ? LONGEST_PENALTY : now;
        penalty.put(call, bounded);
        next.put(call, timer.nanoTime() + bounded.toNanos());
    }
}
