package io.hindcast.feeds.binance;

import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at open connections at intervals: pings one that is quiet and reports one that was silent for too long. */
final class SilenceCheck {

    private final Duration silence;
    private final WallTimer waits;
    private final Supplier<List<StreamConnection>> connections;
    private final Consumer<StreamConnection> silent;
    private boolean stopped;
    private WallTimer.@Nullable Cancellable scheduled;

    /**
     * Creates a check that {@link #start} begins.
     *
     * @param silence longest time without anything from the exchange
     * @param connections returns the open connections
     * @param silent receives each connection that was silent for longer, on the timer's thread
     */
    SilenceCheck(
            Duration silence,
            WallTimer waits,
            Supplier<List<StreamConnection>> connections,
            Consumer<StreamConnection> silent) {
        this.silence = silence;
        this.waits = waits;
        this.connections = connections;
        this.silent = silent;
    }

    synchronized void start() {
        if (!stopped) {
            scheduled = waits.after(silence.dividedBy(4), this::check);
        }
    }

    synchronized void stop() {
        stopped = true;
        if (scheduled != null) {
            scheduled.cancel();
        }
    }

    private void check() {
        for (StreamConnection connection : connections.get()) {
            long quiet = waits.nanoTime() - connection.heardNanos();
            if (quiet > silence.toNanos()) {
                silent.accept(connection);
            } else if (quiet > silence.toNanos() / 2) {
                connection.ping();
            }
        }
        start();
    }
}
