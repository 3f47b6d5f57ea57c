package io.hindcast.simulator.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hindcast.api.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The simulated exchange's REST interface: Binance's paths, parameters, answers, error codes and weights. */
final class SimulatedRest {

    static {
        // Without it every kept-alive answer waits some 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int WEIGHT_LIMIT = 6000;
    private static final int DEFAULT_LIMIT = 500;
    private static final int MOST = 1000;

    /** An answer in Binance's form of an error. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        final int status;
        final int code;
        final String text;

        Refused(int status, int code, String text) {
            super(text, null, false, false);
            this.status = status;
            this.code = code;
            this.text = text;
        }
    }

    private final Map<String, SimulatedMarket> markets;
    private final Faults faults;
    private final InstantSource exchangeTime;
    private final SimulatedClock clock;
    private final InstantSource wallClock;
    private final FaultEndpoint control;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private long weightMinute;
    private int weight;

    SimulatedRest(
            Map<String, SimulatedMarket> markets,
            Faults faults,
            InstantSource exchangeTime,
            SimulatedClock clock,
            InstantSource wallClock,
            int port) {
        this.markets = markets;
        this.faults = faults;
        this.exchangeTime = exchangeTime;
        this.clock = clock;
        this.wallClock = wallClock;
        this.control = new FaultEndpoint(faults, clock, wallClock);
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
            // the clock is no part of the exchange that is simulated, so none of its faults either
            Faults.RestFault fault = path.equals(RemoteClock.PATH) ? null : faults.nextRest();
            switch (fault) {
                case null -> {}
                case Faults.RestFault.Status s -> {
                    s.retryAfter()
                            .ifPresent(wait ->
                                    exchange.getResponseHeaders().set("Retry-After", Long.toString(wait.toSeconds())));
                    send(exchange, s.status(), error(-1003, "Too much request weight used; please use WebSocket."));
                    return;
                }
                case Faults.RestFault.Stall ignored -> {
                    stall();
                    return;
                }
                case Faults.RestFault.CutBody ignored -> {
                    exchange.sendResponseHeaders(200, 10_000);
                    exchange.getResponseBody().write("[[1640995200000,\"46".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    return;
                }
                case Faults.RestFault.Other other -> {
                    other.headers()
                            .forEach((name, value) ->
                                    exchange.getResponseHeaders().set(name, value));
                    send(exchange, other.status(), other.contentType(), other.body());
                    return;
                }
                case Faults.RestFault.WrongBody ignored -> {
                    send(exchange, 200, "<html>Service temporarily unavailable</html>");
                    return;
                }
            }
            try {
                Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
                String body = switch (path) {
                    case "/api/v3/ping" -> weighing(exchange, 1, "{}");
                    case "/api/v3/time" ->
                        weighing(
                                exchange,
                                1,
                                "{\"serverTime\":" + exchangeTime.instant().toEpochMilli() + "}");
                    case RemoteClock.PATH -> RemoteClock.reading(clock);
                    case "/api/v3/exchangeInfo" -> weighing(exchange, 20, exchangeInfo(query));
                    case "/api/v3/klines" -> weighing(exchange, 2, klines(query));
                    default -> throw new Refused(404, -1000, "Not found: " + path);
                };
                send(exchange, 200, body);
            } catch (Refused refused) {
                send(exchange, refused.status, error(refused.code, refused.text));
            }
        }
    }

    private void switchFault(HttpExchange exchange, String fault) throws IOException {
        try {
            if (!exchange.getRequestMethod().equals("PUT")) {
                throw RefusedException.of("BAD_METHOD", "method", exchange.getRequestMethod(), "PUT");
            }
            control.put(fault, query(exchange.getRequestURI().getRawQuery()));
            send(exchange, 200, "text/plain", "ok\n");
        } catch (RefusedException e) {
            send(exchange, 400, "text/plain", e.getMessage() + "\n");
        }
    }

    private String klines(Map<String, String> query) throws Refused {
        SimulatedMarket market = market(required(query, "symbol"));
        if (!required(query, "interval").equals("1m")) {
            throw new Refused(400, -1120, "Invalid interval.");
        }
        Long limit = number(query, "limit");
        if (limit != null && limit <= 0) {
            throw new Refused(
                    400, -1100, "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.");
        }
        int most = (int) Math.min(MOST, limit == null ? DEFAULT_LIMIT : limit);
        long now = exchangeTime.instant().toEpochMilli();
        return market.rows(number(query, "startTime"), number(query, "endTime"), most, now);
    }

    private String exchangeInfo(Map<String, String> query) throws Refused {
        String only = query.get("symbol");
        StringBuilder out = new StringBuilder("{\"timezone\":\"UTC\",\"serverTime\":")
                .append(exchangeTime.instant().toEpochMilli())
                .append(
                        ",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,"
                                + "\"limit\":")
                .append(WEIGHT_LIMIT)
                .append(
                        "},{\"rateLimitType\":\"RAW_REQUESTS\",\"interval\":\"MINUTE\",\"intervalNum\":5,\"limit\":61000}],"
                                + "\"exchangeFilters\":[],\"symbols\":[");
        boolean first = true;
        for (SimulatedMarket market : only == null ? markets.values() : java.util.List.of(market(only))) {
            String name = market.symbol().value();
            String quote = name.endsWith("USDT") ? "USDT" : name.substring(Math.max(0, name.length() - 3));
            String base = name.substring(0, name.length() - quote.length());
            out.append(first ? "" : ",")
                    .append("{\"symbol\":\"")
                    .append(name)
                    .append("\",\"status\":\"")
                    .append(faults.status(market.symbol()))
                    .append("\",\"baseAsset\":\"")
                    .append(base)
                    .append("\",\"baseAssetPrecision\":8,\"quoteAsset\":\"")
                    .append(quote)
                    .append("\",\"quoteAssetPrecision\":8,\"isSpotTradingAllowed\":true,\"filters\":["
                            + "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.01000000\",\"maxPrice\":\"1000000.00000000\","
                            + "\"tickSize\":\"0.01000000\"},{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.00001000\","
                            + "\"maxQty\":\"9000.00000000\",\"stepSize\":\"0.00001000\"}]}");
            first = false;
        }
        return out.append("]}").toString();
    }

    private SimulatedMarket market(String symbol) throws Refused {
        SimulatedMarket market = markets.get(symbol);
        if (market == null || faults.delisted(market.symbol())) {
            throw new Refused(400, -1121, "Invalid symbol.");
        }
        return market;
    }

    private synchronized String weighing(HttpExchange exchange, int cost, String body) throws Refused {
        Instant now = wallClock.instant();
        long minute = Math.floorDiv(now.getEpochSecond(), 60L);
        if (minute != weightMinute) {
            weightMinute = minute;
            weight = 0;
        }
        weight += cost;
        exchange.getResponseHeaders().set("X-MBX-USED-WEIGHT", Integer.toString(weight));
        exchange.getResponseHeaders().set("X-MBX-USED-WEIGHT-1M", Integer.toString(weight));
        if (weight > WEIGHT_LIMIT) {
            exchange.getResponseHeaders()
                    .set("Retry-After", Long.toString(60 - Math.floorMod(now.getEpochSecond(), 60L)));
            throw new Refused(
                    429,
                    -1003,
                    "Too much request weight used; current limit is " + WEIGHT_LIMIT
                            + " request weight per 1 MINUTE. Please use WebSocket Streams for live updates.");
        }
        return body;
    }

    private static void stall() {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String required(Map<String, String> query, String name) throws Refused {
        String value = query.get(name);
        if (value == null || value.isEmpty()) {
            throw new Refused(
                    400, -1102, "Mandatory parameter '" + name + "' was not sent, was empty/null, or malformed.");
        }
        return value;
    }

    private static @Nullable Long number(Map<String, String> query, String name) throws Refused {
        String value = query.get(name);
        if (value == null) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw new Refused(
                    400,
                    -1100,
                    "Illegal characters found in parameter '" + name + "'; legal range is '^[0-9]{1,20}$'.");
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static String error(int code, String text) {
        return "{\"code\":" + code + ",\"msg\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
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
