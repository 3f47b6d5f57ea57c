package io.hindcast.worker;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Starts a worker as a process. */
public final class WorkerMain {

    private WorkerMain() {}

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
