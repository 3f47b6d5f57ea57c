package io.hindcast.offline;

import io.hindcast.console.Console;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Cancels work on Ctrl-C, between two of its steps, so that no partial results are left. The work calls {@link #check}
 * between steps, {@link #written} once its files are in place and {@link #close} at its end, all on one thread.
 */
public final class Cancellation implements AutoCloseable, BooleanSupplier {

    /** Work that has not ended by then is cut off; it has written nothing yet. */
    private static final long TIMEOUT_SECONDS = 20;

    private final Thread hook;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile boolean written;

    private Cancellation(Console console) {
        hook = new Thread(() -> cancel(console), "cancel");
    }

    /** Starts listening for Ctrl-C, until it is closed. */
    public static Cancellation onInterrupt(Console console) {
        Cancellation cancellation = new Cancellation(console);
        Runtime.getRuntime().addShutdownHook(cancellation.hook);
        return cancellation;
    }

    private void cancel(Console console) {
        cancelled = true;
        console.line("Stopping …");
        try {
            if (ended.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                console.line(written ? "It had ended; everything was written." : "Stopped; nothing was written.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the work is cancelled. */
    @Override
    public boolean getAsBoolean() {
        return cancelled;
    }

    /** @throws CancellationException if the work is cancelled */
    public void check() {
        if (cancelled) {
            throw new CancellationException("it was cancelled");
        }
    }

    /** Records that all results are written. */
    void written() {
        written = true;
    }

    @Override
    public void close() {
        if (!cancelled) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already, and the hook waits for the work.
                ended.countDown();
                return;
            }
        }
        ended.countDown();
    }
}
