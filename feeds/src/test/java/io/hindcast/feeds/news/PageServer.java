package io.hindcast.feeds.news;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server of pages on this machine, with the manners of good and bad ones. */
public final class PageServer implements AutoCloseable {

    public static final String HOST = "127.0.0.1";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, HttpHandler> pages = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
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

    /** Paths asked for so far, in order. */
    public List<String> requests() {
        return requests;
    }

    public long requests(String path) {
        return requests.stream().filter(path::equals).count();
    }

    public PageServer on(String path, HttpHandler page) {
        pages.put(path, page);
        return this;
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

    /** Bytes without end, as fast as they are taken, up to so many. */
    public PageServer flood(String path, String type, long bytes) {
        return on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, 0);
            byte[] block = "<p>flood</p>".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            try {
                for (long sent = 0; sent < bytes; sent += block.length) {
                    exchange.getResponseBody().write(block);
                }
            } catch (IOException cutOff) {
                requests.add(path + " cut off");
            }
        });
    }

    /** A byte every tenth of a second, for ever. */
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
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
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
