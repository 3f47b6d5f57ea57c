package io.hindcast.worker;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a worker as a process. */
public final class WorkerMain {

    private WorkerMain() {}

    /**
     * Runs a worker and exits: {@code --platform URL [--machine NAME] [--parent PID]}. The name is for those who look
     * at processes.
     */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        URI platform = option(words, "--platform")
                .map(URI::create)
                .orElseThrow(
                        () -> new IllegalArgumentException("--platform is missing, expected the platform's address"));
        System.exit(run(platform, option(words, "--parent").map(Long::valueOf), System.getenv()));
    }

    private static Optional<String> option(List<String> words, String name) {
        int at = words.indexOf(name);
        return at < 0 || at + 1 == words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
    }

    /**
     * Does the run of the token in the environment, and returns the exit code.
     *
     * @param parent process without which the worker ends
     * @throws IllegalArgumentException if there is no token
     */
    public static int run(URI platform, Optional<Long> parent, Map<String, String> environment) {
        String token = environment.getOrDefault(WorkerOptions.TOKEN, "");
        if (token.isBlank()) {
            throw new IllegalArgumentException("there is no token in " + WorkerOptions.TOKEN
                    + ": workers are started by the platform, which sets it");
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        WorkerOptions options = new WorkerOptions(
                platform,
                token,
                parent,
                temporary,
                Path.of(environment.getOrDefault(
                        WorkerOptions.MODEL_CACHE, temporary.resolve("models").toString())),
                WorkerOptions.PATIENCE);
        return new Worker(options, exit -> Runtime.getRuntime().halt(exit.code()))
                .run()
                .code();
    }
}
