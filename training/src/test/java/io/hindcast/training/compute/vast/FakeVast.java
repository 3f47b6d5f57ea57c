package io.hindcast.training.compute.vast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;

/**
 * A server that speaks the part of Vast.ai's documented API that renting uses, with the faults that are documented or
 * were reported by others. Faults are queued by kind of call and used up one by one.
 */
@NullUnmarked
public final class FakeVast implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 3;

    /** Something that goes wrong with one call. */
    public enum Fault {
        /** HTTP 429 in plain text, without Retry-After; nothing is done. */
        TOO_FAST,
        /** The call is carried out, and its answer is lost. */
        ANSWER_LOST,
        /** The call is lost. */
        REQUEST_LOST,
        /** HTTP 502 with a page; nothing is done. */
        BAD_GATEWAY,
        /** An answer without what was asked for. */
        ODD,
        /** A well-formed listing without any instance, or a show without one. */
        EMPTY,
        /** A listing with fewer rows than it counts. */
        PARTIAL,
        /** HTTP 410 no_such_ask. */
        TAKEN,
        /** HTTP 401 that repeats the key. */
        REFUSED
    }

    /** A call that arrived. */
    record Received(VastCall call, String path, String authorization, String body, Instant at) {}

    /** An instance. */
    public static final class Instance {
        public long id;
        long offer;
        public String label;
        public String status = "loading";
        double perHour;
        Instant since;
        public JsonNode body;
        /** Listings and shows that still hold it after it was destroyed; -1 if it was not. */
        int lingers = -1;
    }

    private final InstantSource clock;
    private final HttpServer server;
    private final Map<VastCall, Deque<Fault>> faults = new EnumMap<>(VastCall.class);
    private final List<ObjectNode> offers = new ArrayList<>();
    private final Map<Long, Instance> instances = new TreeMap<>();
    private final List<Received> received = new ArrayList<>();
    private long next = 900;
    private double bill;
    private int lingering;
    private Consumer<Instance> onCreate = instance -> {};
    private Consumer<Instance> onDestroy = instance -> {};

    public FakeVast(InstantSource clock) throws IOException {
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized FakeVast fault(VastCall call, Fault... next) {
        faults.computeIfAbsent(call, _ -> new ArrayDeque<>()).addAll(Arrays.asList(next));
        return this;
    }

    /** Offers a machine that fits by everything but, perhaps, its price. */
    public synchronized ObjectNode offer(long id, long machine, double perHour) {
        ObjectNode row = JSON.createObjectNode()
                .put("id", id)
                .put("machine_id", machine)
                .put("gpu_name", "RTX 3060")
                .put("gpu_ram", 12288)
                .put("disk_space", 120.5)
                .put("dph_total", perHour)
                .put("inet_down_cost", 0.001)
                .put("inet_up_cost", 0.002)
                .put("reliability", 0.995)
                .put("verification", "verified")
                .put("hosting_type", 1)
                .put("rentable", true)
                .put("rented", false);
        offers.add(row);
        return row;
    }

    synchronized Instance foreign(String label) {
        Instance instance = new Instance();
        instance.id = next++;
        instance.label = label;
        instance.status = "running";
        instance.perHour = 3;
        instance.since = clock.instant();
        instances.put(instance.id, instance);
        return instance;
    }

    public synchronized void onCreate(Consumer<Instance> action) {
        onCreate = action;
    }

    public synchronized void onDestroy(Consumer<Instance> action) {
        onDestroy = action;
    }

    /** Lets destroyed instances be shown for so many answers. */
    synchronized void lingers(int answers) {
        lingering = answers;
    }

    public synchronized List<Instance> instances() {
        return List.copyOf(instances.values());
    }

    synchronized void vanish(Instance instance) {
        charge(instance);
        instances.remove(instance.id);
    }

    synchronized void appear(Instance instance) {
        instances.put(instance.id, instance);
    }

    /** Returns what machines of a label that begins so have cost so far. */
    synchronized double bill() {
        return bill
                + instances.values().stream()
                        .filter(one -> one.offer > 0)
                        .mapToDouble(this::cost)
                        .sum();
    }

    synchronized List<Received> received() {
        return List.copyOf(received);
    }

    synchronized List<Received> received(VastCall call) {
        return received.stream().filter(one -> one.call() == call).toList();
    }

    private double cost(Instance instance) {
        return instance.perHour
                * Duration.between(instance.since, clock.instant()).toMillis()
                / 3_600_000;
    }

    private void charge(Instance instance) {
        if (instance.offer > 0) {
            bill += cost(instance);
        }
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        VastCall call = call(exchange.getRequestMethod(), path);
        received.add(new Received(
                call, path, exchange.getRequestHeaders().getFirst("Authorization"), body, clock.instant()));
        Deque<Fault> queued = faults.get(call);
        Fault fault = queued == null ? null : queued.poll();
        switch (fault) {
            case REQUEST_LOST -> exchange.close();
            case TOO_FAST -> answer(exchange, 429, "API requests too frequent: endpoint threshold=4.5");
            case BAD_GATEWAY -> answer(exchange, 502, "<html>bad gateway</html>");
            case REFUSED ->
                answer(
                        exchange,
                        401,
                        error(
                                "auth_error",
                                "Invalid key " + exchange.getRequestHeaders().getFirst("Authorization")));
            case ODD -> answer(exchange, 200, "{\"success\":true}");
            case ANSWER_LOST -> {
                reply(call, path, body, fault);
                exchange.close();
            }
            case null, default -> {
                Reply reply = reply(call, path, body, fault);
                answer(exchange, reply.status(), reply.body());
            }
        }
    }

    private record Reply(int status, String body) {}

    private static VastCall call(String method, String path) {
        if (method.equals("POST") && path.equals("/api/v0/bundles/")) {
            return VastCall.SEARCH;
        } else if (method.equals("PUT") && path.matches("/api/v0/asks/\\d+/")) {
            return VastCall.CREATE;
        } else if (method.equals("GET") && path.startsWith("/api/v1/instances/?")) {
            return VastCall.LIST;
        } else if (method.equals("GET") && path.matches("/api/v0/instances/\\d+/\\?owner=me")) {
            return VastCall.SHOW;
        } else if (method.equals("DELETE") && path.matches("/api/v0/instances/\\d+/")) {
            return VastCall.DESTROY;
        }
        throw new AssertionError("unexpected call " + method + " " + path);
    }

    private Reply reply(VastCall call, String path, String body, Fault fault) throws IOException {
        return switch (call) {
            case SEARCH -> search();
            case CREATE ->
                fault == Fault.TAKEN
                        ? new Reply(410, error("no_such_ask", "Instance type is not available"))
                        : create(number(path), JSON.readTree(body));
            case SHOW -> show(number(path), fault);
            case LIST -> list(path, fault);
            case DESTROY -> destroy(number(path));
        };
    }

    private Reply search() {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode rows = answer.putArray("offers");
        offers.forEach(rows::add);
        return new Reply(200, answer.toString());
    }

    private Reply create(long offer, JsonNode body) {
        ObjectNode row = offers.stream()
                .filter(one -> one.get("id").longValue() == offer)
                .findFirst()
                .orElse(null);
        if (row == null) {
            return new Reply(410, error("no_such_ask", "no such ask"));
        }
        Instance instance = new Instance();
        instance.id = next++;
        instance.offer = offer;
        instance.label = body.get("label").asText();
        instance.perHour = row.get("dph_total").doubleValue();
        instance.since = clock.instant();
        instance.body = body;
        instances.put(instance.id, instance);
        onCreate.accept(instance);
        return new Reply(200, "{\"success\":true,\"new_contract\":" + instance.id + "}");
    }

    private Reply show(long id, Fault fault) {
        settle();
        Instance instance = instances.get(id);
        ObjectNode answer = JSON.createObjectNode();
        if (instance == null || fault == Fault.EMPTY) {
            answer.putNull("instances");
        } else {
            answer.set("instances", row(instance));
        }
        return new Reply(200, answer.toString());
    }

    private Reply list(String path, Fault fault) {
        settle();
        List<Instance> all = fault == Fault.EMPTY ? List.of() : List.copyOf(instances.values());
        int from = path.contains("after_token=") ? Integer.parseInt(path.replaceAll(".*after_token=", "")) : 0;
        int to = Math.min(from + PAGE, all.size());
        ObjectNode answer = JSON.createObjectNode().put("success", true).put("total_instances", all.size());
        if (to < all.size() && fault != Fault.PARTIAL) {
            answer.put("next_token", Integer.toString(to));
        } else {
            answer.putNull("next_token");
        }
        ArrayNode rows = answer.putArray("instances");
        all.subList(from, fault == Fault.PARTIAL ? Math.max(from, to - 1) : to).forEach(one -> rows.add(row(one)));
        return new Reply(200, answer.toString());
    }

    private Reply destroy(long id) {
        Instance instance = instances.get(id);
        if (instance == null) {
            return new Reply(404, error("no_such_instance", "no such instance"));
        }
        if (instance.lingers < 0) {
            instance.lingers = lingering;
            onDestroy.accept(instance);
        }
        return new Reply(200, "{\"success\":true}");
    }

    /** Removes destroyed instances whose time has come. */
    private void settle() {
        for (Instance instance : List.copyOf(instances.values())) {
            if (instance.lingers == 0) {
                vanish(instance);
            } else if (instance.lingers > 0) {
                instance.lingers--;
            }
        }
    }

    private static ObjectNode row(Instance instance) {
        ObjectNode row = JSON.createObjectNode()
                .put("id", instance.id)
                .put("machine_id", 1)
                .put("actual_status", instance.status)
                .put("intended_status", "running")
                .put("label", instance.label)
                .put("dph_total", instance.perHour);
        return row.put("status_msg", "status of " + instance.id);
    }

    private static long number(String path) {
        return Long.parseLong(path.replaceAll("/\\?.*$|/$", "").replaceAll(".*/", ""));
    }

    private static String error(String code, String message) {
        return JSON.createObjectNode()
                .put("success", false)
                .put("error", code)
                .put("msg", message)
                .toString();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
