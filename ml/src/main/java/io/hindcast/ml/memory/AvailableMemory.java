package io.hindcast.ml.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Memory available to a training, in bytes.
 *
 * @param heapLimit most that the heap may grow to
 * @param heapUsed size of the live objects in the heap
 * @param heapCommitted memory of the machine that the heap occupies already
 * @param machine memory that the machine or container has left; {@code Long.MAX_VALUE} where that is not known
 */
public record AvailableMemory(long heapLimit, long heapUsed, long heapCommitted, long machine) {

    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final Path GROUP = Path.of("/sys/fs/cgroup");

    /** Measures the memory available now, after a garbage collection. */
    public static AvailableMemory now() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return new AvailableMemory(
                runtime.maxMemory(),
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.totalMemory(),
                left(MACHINE, GROUP));
    }

    /**
     * Checks that a training fits.
     *
     * @throws InsufficientMemoryException naming needed and available memory, if it does not fit
     */
    public void check(MemoryEstimate need) {
        if (need.heap() > heapLimit - heapUsed) {
            throw new InsufficientMemoryException(
                    InsufficientMemoryException.Room.HEAP,
                    megabytes(heapUsed + need.heap()),
                    need.subject() + " needs some " + megabytes(need.heap()) + " MB of heap, and "
                            + megabytes(heapLimit - heapUsed) + " of its " + megabytes(heapLimit) + " MB are free");
        }
        long growth = Math.max(0, heapUsed + need.heap() - heapCommitted);
        if (need.outside() + growth > machine) {
            throw new InsufficientMemoryException(
                    InsufficientMemoryException.Room.MACHINE,
                    megabytes(need.outside() + growth),
                    need.subject() + " needs some " + megabytes(need.outside() + growth)
                            + " MB of the machine's memory, and " + megabytes(machine) + " MB are left");
        }
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }

    /** Returns the lesser of the memory that the machine and the control group have left. */
    static long left(Path machine, Path group) {
        long left = field(machine, "MemAvailable:").orElse(Long.MAX_VALUE >> 10) << 10;
        OptionalLong limit = number(group.resolve("memory.max"));
        OptionalLong used = number(group.resolve("memory.current"));
        if (limit.isPresent() && used.isPresent()) {
            long files = field(group.resolve("memory.stat"), "inactive_file").orElse(0);
            left = Math.min(left, Math.max(0, limit.getAsLong() - used.getAsLong() + files));
        }
        return left;
    }

    /** Returns the number in a file; empty if there is no such file, or no number in it, such as {@code max}. */
    private static OptionalLong number(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong field(Path file, String name) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
