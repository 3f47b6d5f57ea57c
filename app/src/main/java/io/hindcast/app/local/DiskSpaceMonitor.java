package io.hindcast.app.local;

import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Reports an outage while the disk of the data folder is full. */
public final class DiskSpaceMonitor implements AutoCloseable {

    private static final String PART = "disk of the data folder";
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);
    /** Free bytes below which the disk counts as full, and above which it no longer does. */
    private static final long FULL = 32L * 1024 * 1024;

    private static final long FREE = 96L * 1024 * 1024;

    private final Path folder;
    private final LongSupplier usableBytes;
    private final Outages outages;
    private final SupervisedLoop loop;
    private boolean full;

    DiskSpaceMonitor(Path folder, LongSupplier usableBytes, SupervisedLoop.Context loopContext) {
        this.folder = folder;
        this.usableBytes = usableBytes;
        this.outages = loopContext.outages();
        this.loop = SupervisedLoop.every(
                PERIOD,
                "disk watch",
                "Nothing has to be done: it is retried, and everything else goes on.",
                loopContext,
                this::check);
    }

    /** Starts a monitor that runs until it is closed. */
    public static DiskSpaceMonitor start(DataFolder folder, SupervisedLoop.Context loopContext) {
        DiskSpaceMonitor monitor = new DiskSpaceMonitor(folder.root(), () -> usable(folder.root()), loopContext);
        monitor.loop.start();
        return monitor;
    }

    void check() {
        long bytes = usableBytes.getAsLong();
        full = bytes < FULL || (full && bytes <= FREE);
        if (full) {
            outages.down(
                    PART,
                    "The disk of the data folder " + folder + " is full (" + bytes / (1024 * 1024) + " MiB left)",
                    "Free some space and everything goes on by itself; recorded data are safe.");
        } else {
            outages.over(PART);
        }
    }

    private static long usable(Path folder) {
        try {
            FileStore store = Files.getFileStore(folder);
            return store.getUsableSpace();
        } catch (IOException e) {
            // Not a sign of a full disk. Writers report what is wrong.
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void close() {
        loop.stop(STOP_TIMEOUT);
    }
}
