package io.hindcast.training.compute;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of local workers.
 *
 * @param folder for their working folders
 * @param modelCache folder for published encoders
 * @param capacity workers at a time, 1 or more
 * @param heapMegabytes largest Java heap of a worker
 * @param memoryMegabytes largest resident memory of a worker, native libraries included
 * @param priority added to its niceness, 0 to 19
 * @param parent process without which workers end; empty if they may be adopted by the next one
 */
public record LocalSettings(
        Path folder,
        Path modelCache,
        int capacity,
        long heapMegabytes,
        long memoryMegabytes,
        int priority,
        Optional<Long> parent) {}
