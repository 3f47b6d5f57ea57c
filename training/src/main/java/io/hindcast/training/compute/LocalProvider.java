package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingRunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers as child processes of this machine: with a heap and a memory limit of their own, lowered priority, and none
 * of the platform's environment. If the platform is killed, its workers go on for a while, and the next one adopts them
 * if they can reach it. Not thread-safe.
 */
public final class LocalProvider implements ComputeProvider {

    private static final Logger log = LoggerFactory.getLogger(LocalProvider.class);
    private static final String PID = "pid";
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

    private final LocalSettings settings;
    private final LocalCommand command;
    private final Map<TrainingRunId, Process> children = new HashMap<>();
    /** Memory of workers that were killed for it, in megabytes. */
    private final Map<TrainingRunId, Long> tooLarge = new HashMap<>();

    public LocalProvider(LocalSettings settings, WorkerProgram program) {
        this.settings = settings;
        this.command = new LocalCommand(settings, program);
        try {
            Files.createDirectories(settings.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String machine(TrainingRunId run) {
        return MachineNames.of(run);
    }

    @Override
    public int capacity() {
        return settings.capacity();
    }

    @Override
    public void start(MachineRequest request) {
        TrainingRunId run = request.run();
        if (find(run).isPresent()) {
            return;
        }
        tooLarge.remove(run);
        try {
            Path folder = folder(run);
            Folders.delete(folder);
            Files.createDirectories(folder);
            Process process = command.of(machine(run), folder, request)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(logFile(run).toFile()))
                    .start();
            process.getOutputStream().close();
            children.put(run, process);
            PidFile.write(pidFile(run), run, process.pid());
            log.info("Worker process {} runs {}", process.pid(), run);
        } catch (IOException e) {
            throw new ComputeException(
                    "The worker process of " + run + " cannot be started: " + e.getMessage()
                            + ". See that there is memory for one more process, and space in " + settings.folder(),
                    e);
        }
    }

    @Override
    public MachineState look(TrainingRunId run) {
        Optional<ProcessHandle> found = find(run);
        if (found.isPresent()) {
            WorkerLog.bound(logFile(run));
            long megabytes = ResidentMemory.megabytes(found.get().pid());
            if (megabytes <= settings.memoryMegabytes()) {
                return new MachineState.Running();
            }
            tooLarge.put(run, megabytes);
            kill(found.get());
        }
        String tail = WorkerLog.tail(logFile(run));
        Long megabytes = tooLarge.get(run);
        if (megabytes != null) {
            return new MachineState.Ended(WorkerExit.tooLarge(megabytes, settings.memoryMegabytes(), tail));
        }
        Process child = children.get(run);
        if (child != null) {
            return new MachineState.Ended(WorkerExit.of(child.exitValue(), tail));
        }
        return Files.exists(pidFile(run)) ? new MachineState.Ended(WorkerExit.unknown(tail)) : new MachineState.Gone();
    }

    @Override
    public boolean release(TrainingRunId run) {
        find(run).ifPresent(this::kill);
        children.remove(run);
        tooLarge.remove(run);
        try {
            Folders.delete(folder(run));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    @Override
    public Set<TrainingRunId> machines() {
        Set<TrainingRunId> runs = new HashSet<>(children.keySet());
        try (Stream<Path> files = Files.list(settings.folder())) {
            files.flatMap(folder -> PidFile.read(folder.resolve(PID)).stream()).forEach(found -> runs.add(found.run()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runs;
    }

    /** Returns the living process of a run: a child, or one that an earlier platform started. */
    private Optional<ProcessHandle> find(TrainingRunId run) {
        Process child = children.get(run);
        return child != null
                ? Optional.of(child.toHandle()).filter(ProcessHandle::isAlive)
                : PidFile.read(pidFile(run)).flatMap(file -> file.process(machine(run)));
    }

    /** Kills a process and its children, and waits until they have ended. */
    private void kill(ProcessHandle process) {
        Stream.concat(process.descendants(), Stream.of(process)).toList().forEach(one -> {
            one.destroyForcibly();
            try {
                one.onExit().get(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new ComputeException(
                        "The worker process " + one.pid() + " does not end: end it, and look at the machine", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ComputeException("Interrupted while the worker process " + one.pid() + " ends", e);
            }
        });
    }

    /** Returns the working folder of a machine, with its pid file, its log and its temporary files. */
    private Path folder(TrainingRunId run) {
        return settings.folder().resolve(machine(run));
    }

    private Path pidFile(TrainingRunId run) {
        return folder(run).resolve(PID);
    }

    private Path logFile(TrainingRunId run) {
        return folder(run).resolve("log");
    }

    /** Ends all workers that this process started. */
    @Override
    public void close() {
        children.values().stream()
                .map(Process::toHandle)
                .filter(ProcessHandle::isAlive)
                .forEach(this::kill);
    }
}
