package io.hindcast.app.local;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says when the disk of the data folder is full, and when there is space again. Nothing else has to be done: what cannot be written is
 * tried again, and what was written is safe.
 */
public final class DiskWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final long FULL = 32L * 1024 * 1024;
    private static final long FREE = 96L * 1024 * 1024;

    private final Path folder;
    private final LongSupplier usableBytes;
    private final Consumer<String> say;
    private final ScheduledExecutorService executor;
    private boolean full;

    private DiskWatch(Path folder, LongSupplier usableBytes, Consumer<String> say) {
        this.folder = folder;
        this.usableBytes = usableBytes;
        this.say = say;
        this.executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("disk-watch").factory());
    }

    /** Watches until closed. */
    public static DiskWatch of(DataFolder folder, Consumer<String> say) {
        DiskWatch watch = new DiskWatch(folder.root(), () -> usable(folder.root()), say);
        var _ = watch.executor.scheduleWithFixedDelay(
                watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** For tests: looks only when told to. */
    static DiskWatch idle(Path folder, LongSupplier usableBytes, Consumer<String> say) {
        return new DiskWatch(folder, usableBytes, say);
    }

    void look() {
        long bytes = usableBytes.getAsLong();
        if (!full && bytes < FULL) {
            full = true;
            say.accept("hindcast: The disk of the data folder " + folder + " is full (" + bytes / (1024 * 1024)
                    + " MiB left). Free some space and it goes on by itself; what was recorded is safe.");
        } else if (full && bytes > FREE) {
            full = false;
            say.accept("There is space again on the disk of the data folder; going on.");
        }
    }

    private static long usable(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return store.getUsableSpace();
        } catch (IOException e) {
            // says nothing about space; whoever writes will say what is wrong
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
