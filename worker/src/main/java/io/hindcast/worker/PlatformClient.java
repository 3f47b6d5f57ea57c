package io.hindcast.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.worker.Assignment;
import io.hindcast.api.worker.Heartbeat;
import io.hindcast.api.worker.RunRefusal;
import io.hindcast.api.worker.RunResult;
import io.hindcast.api.worker.WorkerApi;
import io.hindcast.ml.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform, as a worker reaches it. Every request is repeated while the platform does not answer or cannot serve,
 * at growing intervals, until it has been silent for too long. Thread-safe.
 */
final class PlatformClient {

    private static final Logger log = LoggerFactory.getLogger(PlatformClient.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(15);

    private final URI platform;
    private final String authorization;
    private final Duration patience;
    private final JsonMapper json = HindcastJson.mapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final AtomicLong answeredAt = new AtomicLong(System.nanoTime());

    PlatformClient(WorkerOptions options) {
        String address = options.platform().toString();
        this.platform = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
        this.authorization = "Bearer " + options.token();
        this.patience = options.patience();
    }

    Assignment assignment() {
        return read(send(request(WorkerApi.RUN, SHORT).GET(), BodyHandlers.ofByteArray()), Assignment.class);
    }

    /** Reads a small object. */
    byte[] object(ArtifactRef object) {
        Path file = null;
        try {
            file = Files.createTempFile("hindcast-object-", "");
            download(object, file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deleteQuietly(file);
        }
    }

    private static void deleteQuietly(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.debug("{} stays", file);
        }
    }

    /** Downloads an object, again if its digest is wrong. */
    void download(ArtifactRef object, Path file) {
        for (int attempt = 1; ; attempt++) {
            send(request(WorkerApi.OBJECTS + "/" + object.sha256(), LONG).GET(), BodyHandlers.ofFile(file));
            String found = digest(file);
            if (found.equals(object.sha256())) {
                return;
            }
            if (attempt == 3) {
                throw new IllegalStateException("object " + object.sha256() + " arrived " + attempt
                        + " times with another digest, last " + found);
            }
        }
    }

    private static String digest(Path file) {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sha256.hex(digest);
    }

    void report(Heartbeat heartbeat) {
        post(WorkerApi.PROGRESS, heartbeat);
    }

    ArtifactRef upload(byte[] bundle) {
        HttpRequest.Builder request = request(WorkerApi.BUNDLES + "/" + Sha256.hex(bundle), LONG)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(bundle));
        return read(send(request, BodyHandlers.ofByteArray()), ArtifactRef.class);
    }

    void succeed(RunResult result) {
        post(WorkerApi.RESULT, result);
    }

    void fail(TrainingFailure failure) {
        post(WorkerApi.FAILURE, failure);
    }

    private void post(String path, Object body) {
        try {
            send(
                    request(path, SHORT)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body))),
                    BodyHandlers.ofByteArray());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T read(byte[] body, Class<T> type) {
        try {
            return json.readValue(body, type);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the platform's answer is no " + type.getSimpleName() + ": is the worker of its version?", e);
        }
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(platform + path))
                .header("Authorization", authorization)
                .timeout(timeout);
    }

    private <T> T send(HttpRequest.Builder request, BodyHandler<T> onSuccess) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            String problem;
            try {
                HttpResponse<Answer<T>> response = http.send(
                        request.build(),
                        info -> info.statusCode() < 300
                                ? HttpResponse.BodySubscribers.mapping(
                                        onSuccess.apply(info), body -> new Answer<>(body, ""))
                                : HttpResponse.BodySubscribers.mapping(
                                        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8),
                                        text -> new Answer<T>(null, text)));
                int status = response.statusCode();
                Answer<T> answer = response.body();
                if (status < 300) {
                    answeredAt.set(System.nanoTime());
                    return Objects.requireNonNull(answer.value());
                }
                if (status < 500 && status != 429) {
                    throw refused(status, answer.text());
                }
                problem = "status " + status;
            } catch (IOException e) {
                problem = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
            Duration silent = Duration.ofNanos(System.nanoTime() - answeredAt.get());
            if (silent.compareTo(patience) > 0) {
                throw new UnreachableException("the platform at " + platform + " has not answered for "
                        + silent.toSeconds() + " s: " + problem);
            }
            log.warn("The platform does not answer ({}); trying again in {} ms", problem, pause.toMillis());
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** A body, or the text of a refusal. */
    private record Answer<T>(@Nullable T value, String text) {}

    private RuntimeException refused(int status, String body) {
        String reason = body;
        try {
            reason = json.readValue(body, RunRefusal.class).reason();
        } catch (JsonProcessingException e) {
            log.debug("A refusal without a reason: {}", body);
        }
        return status == 413 || status == 422
                ? new IllegalStateException("the platform refuses a message: " + reason)
                : new LostRunException(reason + " (status " + status + ")");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
