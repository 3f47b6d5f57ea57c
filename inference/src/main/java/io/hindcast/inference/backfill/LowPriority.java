package io.hindcast.inference.backfill;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
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
    private static final int LOWEST = 19;
    /**
     * Added to the process's own: about a tenth of the time of its other threads. 19 would starve beside a training.
     */
    private static final int NICER_BY = 10;

    private static final boolean LINUX =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    private static final Optional<MethodHandle> GET_PRIORITY = LINUX ? find("getpriority", 2) : Optional.empty();
    private static final Optional<MethodHandle> SET_PRIORITY = LINUX ? find("setpriority", 3) : Optional.empty();

    private LowPriority() {}

    @SuppressWarnings("restricted") // the launcher enables native access
    private static Optional<MethodHandle> find(String function, int arguments) {
        Linker linker = Linker.nativeLinker();
        ValueLayout[] integers = new ValueLayout[arguments];
        Arrays.fill(integers, ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find(function)
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, integers)));
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

    /** Lowers the priority of the calling thread, which has the process's, for the rest of its life. */
    static void lower() {
        if (GET_PRIORITY.isEmpty() || SET_PRIORITY.isEmpty()) {
            return;
        }
        try {
            int nice = (int) GET_PRIORITY.get().invokeExact(PRIO_PROCESS, 0);
            int _ = (int) SET_PRIORITY.get().invokeExact(PRIO_PROCESS, 0, Math.min(LOWEST, nice + NICER_BY));
        } catch (Throwable e) {
            throw new IllegalStateException("getpriority and setpriority declare no failure", e);
        }
    }
}
