package io.hindcast.feeds.market;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An exchange that serves given rows unchanged, each under a given open time. */
final class RowExchange implements AutoCloseable {

    /** Rows by the open time under which they are served, which may differ from the one in the row. */
    final NavigableMap<Long, String> rows = new TreeMap<>();

    private final HttpServer server;
    private final Instant now;

    RowExchange(Instant now) throws IOException {
        this.now = now;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v3/time", this::time);
        server.createContext("/api/v3/klines", this::klines);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void time(HttpExchange exchange) throws IOException {
        answer(exchange, "{\"serverTime\":" + now.toEpochMilli() + "}");
    }

    private synchronized void klines(HttpExchange exchange) throws IOException {
        Map<String, String> query = Stream.of(
                        exchange.getRequestURI().getQuery().split("&", -1))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
        long from = Long.parseLong(query.getOrDefault("startTime", "0"));
        long to = Long.parseLong(query.getOrDefault("endTime", "" + Long.MAX_VALUE));
        answer(
                exchange,
                rows.subMap(from, true, to, true).values().stream()
                        .limit(Long.parseLong(query.getOrDefault("limit", "500")))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
