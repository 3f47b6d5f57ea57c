package io.hindcast.ml.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes a stream that delivers nothing for too long, so that its reader fails: Java's HTTP client has no such timeout.
 */
final class StallTimeout implements AutoCloseable {

    private final InputStream in;
    private final AtomicLong chunks = new AtomicLong();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hub-watch").daemon().factory());
    private long seen = -1;

    StallTimeout(InputStream in, Duration silence) {
        this.in = in;
        long millis = silence.toMillis();
        var _ = watch.scheduleAtFixedRate(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Notes that data has arrived. */
    void alive() {
        chunks.incrementAndGet();
    }

    private void look() {
        if (chunks.get() == seen) {
            try {
                in.close();
            } catch (IOException e) {
                // the reader gets the error
                watch.shutdownNow();
            }
        }
        seen = chunks.get();
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
