package io.hindcast.simulator.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hindcast.api.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The simulated exchange's REST interface: Binance's paths, parameters, answers, error codes and weights. */
final class SimulatedRest {

    static {
        // Without it every answer on a kept-alive connection waits some 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int DEFAULT_ROWS = 500;
    private static final int MOST_ROWS = 1000;
    private static final int STALL_MILLIS = 60_000;

    private final Map<String, SimulatedMarket> markets;
    private final Faults faults;
    private final SimulatedClock clock;
    private final FaultEndpoint faultEndpoint;
    private final RequestWeight weight;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Binds the port; {@link #start()} begins to answer.
     *
     * @param markets markets by symbol
     * @param wallClock clock of the minutes in which request weight is limited
     */
    SimulatedRest(
            Map<String, SimulatedMarket> markets,
            Faults faults,
            SimulatedClock clock,
            InstantSource wallClock,
            int port) {
        this.markets = markets;
        this.faults = faults;
        this.clock = clock;
        this.faultEndpoint = new FaultEndpoint(faults, clock, wallClock);
        this.weight = new RequestWeight(wallClock);
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
        } catch (IOException e) {
            throw new UncheckedIOException("the exchange simulator cannot listen on port " + port, e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    void start() {
        server.start();
    }

    void stop() {
        server.stop(0);
        executor.shutdownNow();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.startsWith(FaultEndpoint.PATH)) {
                switchFault(exchange, path.substring(FaultEndpoint.PATH.length()));
                return;
            }
            // The clock is not part of the simulated exchange, so none of its faults apply.
            RestFault fault =
                    path.equals(RemoteClock.PATH) ? null : faults.rest().poll();
            if (fault == null) {
                answer(exchange, path);
            } else {
                fail(exchange, fault);
            }
        }
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        try {
            QueryParameters query = QueryParameters.of(exchange.getRequestURI());
            String body = switch (path) {
                case RemoteClock.PATH -> RemoteClock.reading(clock);
                case "/api/v3/ping" -> {
                    weight.use(1, exchange.getResponseHeaders());
                    yield "{}";
                }
                case "/api/v3/time" -> {
                    weight.use(1, exchange.getResponseHeaders());
                    yield "{\"serverTime\":" + exchangeTime().toEpochMilli() + "}";
                }
                case "/api/v3/exchangeInfo" -> {
                    String info = exchangeInfo(query);
                    weight.use(20, exchange.getResponseHeaders());
                    yield info;
                }
                case "/api/v3/klines" -> {
                    String rows = klines(query);
                    weight.use(2, exchange.getResponseHeaders());
                    yield rows;
                }
                default -> throw new RestError(404, -1000, "Not found: " + path);
            };
            send(exchange, 200, body);
        } catch (RestError e) {
            send(exchange, e.status(), e.body());
        }
    }

    private static void fail(HttpExchange exchange, RestFault fault) throws IOException {
        switch (fault) {
            case RestFault.Status status -> {
                status.retryAfter()
                        .ifPresent(wait ->
                                exchange.getResponseHeaders().set("Retry-After", Long.toString(wait.toSeconds())));
                RestError error =
                        new RestError(status.status(), -1003, "Too much request weight used; please use WebSocket.");
                send(exchange, error.status(), error.body());
            }
            case RestFault.Stall _ -> stall();
            case RestFault.CutBody _ -> {
                exchange.sendResponseHeaders(200, 10_000);
                exchange.getResponseBody().write("[[1640995200000,\"46".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            case RestFault.WrongBody _ -> send(exchange, 200, "<html>Service temporarily unavailable</html>");
            case RestFault.Other other -> {
                other.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
                send(exchange, other.status(), other.contentType(), other.body());
            }
        }
    }

    private void switchFault(HttpExchange exchange, String fault) throws IOException {
        try {
            if (!exchange.getRequestMethod().equals("PUT")) {
                throw RefusedException.of("BAD_METHOD", "method", exchange.getRequestMethod(), "PUT");
            }
            faultEndpoint.put(
                    fault, QueryParameters.of(exchange.getRequestURI()).values());
            send(exchange, 200, "text/plain", "ok\n");
        } catch (RefusedException e) {
            send(exchange, 400, "text/plain", e.getMessage() + "\n");
        }
    }

    private String klines(QueryParameters query) throws RestError {
        SimulatedMarket market = market(query.required("symbol"));
        if (!query.required("interval").equals("1m")) {
            throw new RestError(400, -1120, "Invalid interval.");
        }
        Long limit = query.number("limit");
        if (limit != null && limit <= 0) {
            throw QueryParameters.illegalCharacters("limit");
        }
        int most = (int) Math.min(MOST_ROWS, limit == null ? DEFAULT_ROWS : limit);
        return market.rows(
                query.number("startTime"),
                query.number("endTime"),
                most,
                exchangeTime().toEpochMilli());
    }

    private String exchangeInfo(QueryParameters query) throws RestError {
        String only = query.values().get("symbol");
        return ExchangeInfoWriter.write(
                exchangeTime(), only == null ? markets.values() : List.of(market(only)), faults.markets()::status);
    }

    private SimulatedMarket market(String symbol) throws RestError {
        SimulatedMarket market = markets.get(symbol);
        if (market == null || faults.markets().delisted(market.symbol())) {
            throw new RestError(400, -1121, "Invalid symbol.");
        }
        return market;
    }

    private Instant exchangeTime() {
        return clock.instant().plus(faults.skew());
    }

    private static void stall() {
        try {
            Thread.sleep(STALL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "application/json", body);
    }

    private static void send(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType + ";charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
