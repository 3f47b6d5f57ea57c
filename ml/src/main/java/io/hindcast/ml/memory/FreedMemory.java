package io.hindcast.ml.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Gives what native libraries have freed back to the machine. The C library keeps freed blocks in an arena of each
 * thread, and every training runs on new threads: so what a process holds grows from training to training although
 * nothing is leaked. Measured with the heap fixed: after 24 small transformer trainings 532 MB are resident, with this
 * after each 434, and no longer growing. Where the C library has no {@code malloc_trim}, as on musl, nothing is done.
 */
public final class FreedMemory {

    private static final Optional<MethodHandle> TRIM = trim();

    private FreedMemory() {}

    @SuppressWarnings("restricted") // native access is what this is for; the launcher allows it
    private static Optional<MethodHandle> trim() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("malloc_trim")
                .map(address -> linker.downcallHandle(
                        address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
    }

    /** Gives back what it can; takes some milliseconds. */
    public static void giveBack() {
        TRIM.ifPresent(trim -> {
            try {
                int _ = (int) trim.invokeExact(0L);
            } catch (Throwable e) {
                throw new IllegalStateException("malloc_trim declares no failure", e);
            }
        });
    }
}
