package io.hindcast.inference.backfill;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that give way to all others. On Linux the JVM ignores Java's thread priorities, so each thread raises its own
 * nice value there: {@code setpriority(2)} with process 0 acts on the calling thread.
 */
public final class LowPriority {

    private static final int PRIO_PROCESS = 0;
    /** About a tenth of the time of a thread with normal priority; 19 would starve beside a training. */
    private static final int NICE = 10;

    private static final Optional<MethodHandle> SET_PRIORITY =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux") ? find() : Optional.empty();

    private LowPriority() {}

    @SuppressWarnings("restricted") // the launcher enables native access
    private static Optional<MethodHandle> find() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("setpriority")
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT)));
    }

    /**
     * Returns a pool of daemon threads that end when idle. Its queue has no limit of its own; the days to compute have.
     *
     * @param name of the threads
     */
    public static ThreadPoolExecutor pool(int size, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> Thread.ofPlatform().name(name).daemon().unstarted(() -> {
                    lower();
                    work.run();
                }));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Lowers the priority of the calling thread for the rest of its life. */
    static void lower() {
        SET_PRIORITY.ifPresent(setPriority -> {
            try {
                int _ = (int) setPriority.invokeExact(PRIO_PROCESS, 0, NICE);
            } catch (Throwable e) {
                throw new IllegalStateException("setpriority declares no failure", e);
            }
        });
    }
}
