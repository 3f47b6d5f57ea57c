package io.hindcast.training.compute;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Composes the command line and environment of a local worker. */
final class LocalCommand {

    /** Variables that a worker shares with the platform; no other reaches it. */
    private static final Set<String> SHARED = Set.of(
            "PATH",
            "HOME",
            "LANG",
            "LC_ALL",
            "TZ",
            "LD_LIBRARY_PATH",
            "XDG_CACHE_HOME",
            "DJL_CACHE_DIR",
            "PYTORCH_LIBRARY_PATH",
            "CUDA_VISIBLE_DEVICES",
            "HF_ENDPOINT",
            "HF_HUB_OFFLINE",
            "HF_TOKEN");

    /**
     * Lowers the priority of the shell's session and runs its arguments. Linux may share the processors among sessions
     * first, and compare the niceness of processes only within one (autogroup, see {@code sched(7)}).
     */
    private static final String LOWER_SESSION = "{ echo \"$0\" >/proc/self/autogroup; } 2>/dev/null; exec \"$@\"";

    private final LocalSettings settings;
    private final WorkerProgram program;

    LocalCommand(LocalSettings settings, WorkerProgram program) {
        this.settings = settings;
        this.program = program;
    }

    ProcessBuilder of(String machine, Path folder, MachineRequest request) {
        List<String> words = new ArrayList<>();
        boolean ownSession = isOnPath("setsid");
        if (ownSession) {
            words.add("setsid"); // keeps a Ctrl-C in the terminal from the worker, which the platform ends
        }
        String priority = Integer.toString(settings.priority());
        if (ownSession && settings.priority() > 0) {
            words.addAll(List.of("sh", "-c", LOWER_SESSION, priority));
        }
        if (settings.priority() > 0 && isOnPath("nice")) {
            words.addAll(List.of("nice", "-n", priority));
        }
        words.add(program.java().toString());
        words.addAll(List.of(
                "-Xmx" + settings.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "-Djava.io.tmpdir=" + folder.toAbsolutePath()));
        words.addAll(program.options());
        words.addAll(program.main());
        words.addAll(List.of("--platform", request.platform().toString(), "--machine", machine));
        settings.parent().ifPresent(pid -> words.addAll(List.of("--parent", Long.toString(pid))));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(SHARED);
        environment.put("HINDCAST_WORKER_TOKEN", request.token());
        environment.put(
                "HINDCAST_MODEL_CACHE", settings.modelCache().toAbsolutePath().toString());
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        environment.put("TORCH_CPP_LOG_LEVEL", "ERROR");
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("ORT_DISABLE_TELEMETRY", "1");
        return builder;
    }

    private static boolean isOnPath(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder).resolve(name))) {
                return true;
            }
        }
        return false;
    }
}
