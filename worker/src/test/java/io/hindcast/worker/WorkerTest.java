package io.hindcast.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hindcast.api.worker.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker against a platform that refuses, fails or is not there. */
class WorkerTest {

    @TempDir
    Path folder;

    private final HttpServer server = server();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger status = new AtomicInteger(410);
    private final AtomicReference<String> answer =
            new AtomicReference<>("{\"reason\":\"run BTCUSDT/1/lightgbm/1 is over\"}");

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(failures.getAndDecrement() > 0 ? 503 : status.get(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Worker worker(int port, Duration patience) {
        return new Worker(
                new WorkerOptions(
                        URI.create("http://127.0.0.1:" + port), "secret", Optional.empty(), folder, folder, patience),
                exit -> {
                    throw new AssertionError(exit);
                });
    }

    @Test
    void endsWhenItsRunIsLost() {
        assertThat(worker(server.getAddress().getPort(), Duration.ofSeconds(5)).run())
                .isEqualTo(ExitCode.LOST);
        assertThat(requests).containsExactly("GET /worker/run Bearer secret");
    }

    @Test
    void endsWhenItsTokenIsUnknown() {
        status.set(401);
        answer.set("not even JSON");
        assertThat(worker(server.getAddress().getPort(), Duration.ofSeconds(5)).run())
                .isEqualTo(ExitCode.LOST);
    }

    @Test
    void triesAgainWhileThePlatformCannotServe() {
        failures.set(2);
        assertThat(worker(server.getAddress().getPort(), Duration.ofSeconds(30)).run())
                .isEqualTo(ExitCode.LOST);
        assertThat(requests).hasSize(3);
    }

    @Test
    void endsWhenThePlatformIsUnreachableForTooLong() {
        server.stop(0);
        assertThat(worker(server.getAddress().getPort(), Duration.ofMillis(300)).run())
                .isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void endsWithItsParent() throws IOException {
        Process parent = new ProcessBuilder("sleep", "60").start();
        AtomicReference<ExitCode> halted = new AtomicReference<>();
        failures.set(Integer.MAX_VALUE);
        Worker worker = new Worker(
                new WorkerOptions(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        "secret",
                        Optional.of(parent.pid()),
                        folder,
                        folder,
                        Duration.ofSeconds(8)),
                halted::set);
        Thread running = Thread.ofPlatform().daemon().start(worker::run);
        await().until(() -> !requests.isEmpty());
        parent.destroyForcibly();
        await().untilAsserted(() -> assertThat(halted.get()).isEqualTo(ExitCode.LOST));
        running.interrupt();
    }

    @Test
    void neverPrintsItsToken() {
        WorkerOptions options =
                new WorkerOptions(URI.create("http://x"), "secret", Optional.empty(), folder, folder, Duration.ZERO);
        assertThat(options.toString()).doesNotContain("secret");
    }
}
