package io.hindcast.offline;

import io.hindcast.console.Console;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lets Ctrl-C end work between two of its steps, so that nothing half done is left. */
public final class Cancellation implements AutoCloseable, BooleanSupplier {

    /** What has not ended by then is cut off: it has written nothing yet. */
    private static final long PATIENCE_SECONDS = 20;

    private final Thread hook;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean cancelled;
    private volatile boolean written;

    private Cancellation(Console console) {
        hook = new Thread(() -> cancel(console), "cancel");
    }

    /** From now until it is closed. */
    public static Cancellation onInterrupt(Console console) {
        Cancellation cancellation = new Cancellation(console);
        Runtime.getRuntime().addShutdownHook(cancellation.hook);
        return cancellation;
    }

    private void cancel(Console console) {
        cancelled = true;
        console.line("Stopping …");
        try {
            if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                console.line(written ? "It had ended; everything was written." : "Stopped; nothing was written.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean getAsBoolean() {
        return cancelled;
    }

    /** Goes on only if nobody wants it to end. */
    public void check() {
        if (cancelled) {
            throw new CancellationException("it was cancelled");
        }
    }

    /** Results are where they belong: from here on there is nothing to end. */
    void written() {
        written = true;
    }

    /** The work is over, one way or the other. */
    @Override
    public void close() {
        if (!cancelled) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is ending already, and the hook is to know that the work has ended
                ended.countDown();
                return;
            }
        }
        ended.countDown();
    }
}
