package io.hindcast.app.local;

import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reports an outage while the disk of the data folder is full. What cannot be written is tried again, and what was
 * written is safe.
 */
public final class DiskWatch implements AutoCloseable {

    private static final String PART = "disk of the data folder";
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long FULL = 32L * 1024 * 1024;
    private static final long FREE = 96L * 1024 * 1024;

    private final Path folder;
    private final LongSupplier usableBytes;
    private final Outages outages;
    private final SupervisedLoop loop;
    private boolean full;

    DiskWatch(Path folder, LongSupplier usableBytes, SupervisedLoop.Ground ground) {
        this.folder = folder;
        this.usableBytes = usableBytes;
        this.outages = ground.outages();
        this.loop = SupervisedLoop.every(
                EVERY,
                "disk watch",
                "Nothing has to be done: it is tried again, and everything else goes on.",
                ground,
                this::look);
    }

    /** Watches until closed. */
    public static DiskWatch of(DataFolder folder, SupervisedLoop.Ground ground) {
        DiskWatch watch = new DiskWatch(folder.root(), () -> usable(folder.root()), ground);
        watch.loop.start();
        return watch;
    }

    void look() {
        long bytes = usableBytes.getAsLong();
        full = bytes < FULL || (full && bytes <= FREE);
        if (full) {
            outages.down(
                    PART,
                    "The disk of the data folder " + folder + " is full (" + bytes / (1024 * 1024) + " MiB left)",
                    "Free some space and it goes on by itself; what was recorded is safe.");
        } else {
            outages.over(PART);
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
        loop.stop(PATIENCE);
    }
}
