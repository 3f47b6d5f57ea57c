package io.hindcast.ml.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A local server that answers like a Hugging Face hub: small files by a redirect within the host, with git's blob id as
 * the tag, large ones by a redirect to another host, with the digest in the redirect.
 */
final class FakeHub implements AutoCloseable {

    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> files = new HashMap<>();
    /** Method, path, range, and whether the request had a token. */
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    private final AtomicInteger drops = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicBoolean silent = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int refusal = 429;
    private volatile String commit = COMMIT;
    private volatile boolean lies;
    private volatile boolean ignoresRanges;

    FakeHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Serves the files of a folder. */
    FakeHub with(Path folder, String... names) throws IOException {
        for (String name : names) {
            files.put(name, Files.readAllBytes(folder.resolve(name)));
        }
        return this;
    }

    /** Aborts the next transfers of large files halfway. */
    void drop(int times) {
        drops.set(times);
    }

    /** Sends nothing more after half of the next large file. */
    void fallSilent() {
        silent.set(true);
    }

    void refuse(int times, int status) {
        refusals.set(times);
        refusal = status;
    }

    /** Announces wrong digests. */
    void lie(boolean whether) {
        lies = whether;
    }

    /** Announces another commit for its files. */
    void serve(String other) {
        commit = other;
    }

    void ignoreRanges() {
        ignoresRanges = true;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range)
                    + (exchange.getRequestHeaders().containsKey("Authorization") ? " with token" : ""));
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                exchange.sendResponseHeaders(refusal, -1);
                return;
            }
            byte[] content = files.get(path.substring(path.lastIndexOf('/') + 1));
            boolean asked = path.startsWith("/ProsusAI/finbert/resolve/");
            if (content == null || !(asked || path.startsWith("/cdn/") || path.startsWith("/cache/"))) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            boolean large = content.length > 50_000;
            if (asked) {
                exchange.getResponseHeaders().set("X-Repo-Commit", commit);
            }
            if (asked && !large) {
                exchange.getResponseHeaders().set("Location", "/cache" + path.substring(path.lastIndexOf('/')));
                exchange.sendResponseHeaders(307, -1);
                return;
            }
            if (asked) {
                exchange.getResponseHeaders()
                        .set("X-Linked-Etag", "\"" + hash("SHA-256", lies ? new byte[1] : content) + "\"");
                exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://localhost:" + server.getAddress().getPort() + "/cdn"
                                        + path.substring(path.lastIndexOf('/')));
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            byte[] header = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
            byte[] blob = Arrays.copyOf(header, header.length + content.length);
            System.arraycopy(content, 0, blob, header.length, content.length);
            exchange.getResponseHeaders()
                    .set("ETag", large ? "\"of the other host\"" : "W/\"" + hash("SHA-1", blob) + "\"");
            send(
                    exchange,
                    content,
                    range == null || ignoresRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", "")),
                    large);
        }
    }

    private void send(HttpExchange exchange, byte[] content, int from, boolean large) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        int length = content.length - from;
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
        if (large && silent.compareAndSet(true, false)) {
            exchange.getResponseBody().write(content, from, length / 2);
            exchange.getResponseBody().flush();
            hush();
            return;
        }
        boolean drop = large && drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        exchange.getResponseBody().write(content, from, drop ? length / 2 : length);
        exchange.getResponseBody().flush();
    }

    private void hush() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
