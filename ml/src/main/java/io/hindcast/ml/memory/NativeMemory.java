package io.hindcast.ml.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Returns memory that native libraries have freed to the machine. The C library keeps freed blocks in an arena per
 * thread, and every training runs on new threads: so the resident size grows from training to training although nothing
 * leaks. Measured with a fixed heap: 532 MB are resident after 24 small transformer trainings; with a trim after each
 * it stays at 434 MB. Does nothing where the C library has no {@code malloc_trim}, as on musl.
 */
public final class NativeMemory {

    private static final Optional<MethodHandle> TRIM = findTrim();

    private NativeMemory() {}

    @SuppressWarnings("restricted") // the launcher enables native access
    private static Optional<MethodHandle> findTrim() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("malloc_trim")
                .map(address -> linker.downcallHandle(
                        address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
    }

    /** Returns freed memory; takes some milliseconds. Thread-safe. */
    public static void trim() {
        TRIM.ifPresent(malloc -> {
            try {
                int _ = (int) malloc.invokeExact(0L);
            } catch (Throwable e) {
                throw new IllegalStateException("malloc_trim declares no failure", e);
            }
        });
    }
}
