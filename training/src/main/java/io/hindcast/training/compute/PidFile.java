package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingRunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A worker process that was started, as a file of two lines.
 *
 * @param run its run
 * @param pid its process number
 */
record PidFile(TrainingRunId run, long pid) {

    static void write(Path file, TrainingRunId run, long pid) throws IOException {
        Files.write(file, List.of(run.toString(), Long.toString(pid)), StandardCharsets.UTF_8);
    }

    /** Reads a file; empty if there is none, or it was not written to the end. */
    static Optional<PidFile> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return lines.size() < 2
                    ? Optional.empty()
                    : Optional.of(new PidFile(TrainingRunId.parse(lines.get(0)), Long.parseLong(lines.get(1))));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns the process if it lives and is still this machine's: numbers are used again. */
    Optional<ProcessHandle> process(String machine) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> isMachine(machine));
    }

    private boolean isMachine(String machine) {
        try {
            String line =
                    Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(line.split("\0", -1)).contains(machine);
        } catch (IOException e) {
            return false;
        }
    }
}
