package io.hindcast.news;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** A page server on this machine, well-behaved or not. */
public final class PageServer implements AutoCloseable {

    public static final String HOST = "127.0.0.1";

    /** Opens a comment, which a browser parses as fast as it arrives. */
    private static final byte[] FLOOD_BEGIN = "<!DOCTYPE html><html><body><!--".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] FLOOD = "flood ".repeat(2000).getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, HttpHandler> pages = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<String> userAgents = ConcurrentHashMap.newKeySet();
    private final AtomicLong flooded = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);

    public PageServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            requests.add(path);
            userAgents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
            HttpHandler page = pages.get(path);
            if (page == null) {
                answer(exchange, 404, "text/plain", "nothing at " + path);
            } else {
                page.handle(exchange);
            }
            exchange.close();
        });
        server.start();
    }

    public URI at(String path) {
        return URI.create("http://" + HOST + ":" + server.getAddress().getPort() + path);
    }

    /** Returns the requested paths, in order. */
    public List<String> requests() {
        return requests;
    }

    /** Returns the User-Agent headers received. */
    public Set<String> userAgents() {
        return userAgents;
    }

    public long requests(String path) {
        return requests.stream().filter(path::equals).count();
    }

    public PageServer on(String path, HttpHandler page) {
        pages.put(path, page);
        return this;
    }

    /** Returns the handler of a path. */
    public HttpHandler page(String path) {
        return Objects.requireNonNull(pages.get(path), path);
    }

    public PageServer html(String path, String html) {
        return on(path, exchange -> answer(exchange, 200, "text/html; charset=utf-8", html));
    }

    public PageServer status(String path, int status) {
        return on(path, exchange -> answer(exchange, status, "text/html", "<p>" + status + "</p>"));
    }

    public PageServer redirect(String path, String target) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Location", target);
            answer(exchange, 302, "text/html", "");
        });
    }

    /** Serves this many bytes as fast as they are read. */
    public PageServer flood(String path, String type, long bytes) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            try {
                exchange.getResponseBody().write(FLOOD_BEGIN);
                for (long sent = 0; sent < bytes; sent += FLOOD.length) {
                    exchange.getResponseBody().write(FLOOD);
                    flooded.addAndGet(FLOOD.length);
                }
            } catch (IOException cutOff) {
                requests.add(path + " cut off");
            }
        });
    }

    /** Returns the bytes sent by all floods. */
    public long flooded() {
        return flooded.get();
    }

    /** Serves this many bytes, compressed to a thousandth. */
    public PageServer packedFlood(String path, String type, long bytes) {
        byte[] packed = packed(bytes);
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            bytes(exchange, type, packed);
        });
    }

    private static byte[] packed(long bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(FLOOD_BEGIN);
            for (long written = 0; written < bytes; written += FLOOD.length) {
                out.write(FLOOD);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Serves a byte every tenth of a second, endlessly. */
    public PageServer drip(String path, String type) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            try {
                while (!closing.await(100, TimeUnit.MILLISECONDS)) {
                    exchange.getResponseBody().write('.');
                    exchange.getResponseBody().flush();
                }
            } catch (IOException cutOff) {
                requests.add(path + " cut off");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        answer(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    public static void bytes(HttpExchange exchange, String type, byte[] body) throws IOException {
        answer(exchange, 200, type, body);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
