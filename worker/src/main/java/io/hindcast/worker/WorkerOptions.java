package io.hindcast.worker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a worker is started with.
 *
 * @param platform address of the platform
 * @param token token of the run
 * @param parent process without which the worker ends
 * @param folder folder for temporary files
 * @param modelCache folder for published encoders
 * @param patience time without an answer after which the platform counts as unreachable
 */
public record WorkerOptions(
        URI platform, String token, Optional<Long> parent, Path folder, Path modelCache, Duration patience) {

    /** Environment variable with the token. */
    public static final String TOKEN = "HINDCAST_WORKER_TOKEN";

    /** Environment variable with the folder for published encoders. */
    public static final String MODEL_CACHE = "HINDCAST_MODEL_CACHE";

    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "worker for " + platform;
    }
}
