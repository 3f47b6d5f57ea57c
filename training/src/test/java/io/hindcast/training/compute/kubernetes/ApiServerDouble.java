package io.hindcast.training.compute.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;

/**
 * An API server that stores objects, selects by labels and answers conflicts, and creates no pods by itself. Paths are
 * written {@code jobs/NAME}, {@code pods/NAME}, {@code secrets/NAME}, {@code events/NAME}.
 */
@NullUnmarked
final class ApiServerDouble implements AutoCloseable {

    static final String NAMESPACE = "trainings";

    private final JsonMapper json = new JsonMapper();
    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Map<String, String> messages = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();
    private int next = 1;

    ApiServerDouble() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {token: "t"}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: "%s"}}]
                current-context: x
                """.formatted(server.getAddress().getPort(), NAMESPACE));
    }

    /** Refuses requests such as {@code POST jobs} from now on. */
    synchronized void refuse(String request, int code, String message) {
        refusals.put(request, code);
        messages.put(request, message);
    }

    /** Answers from now on as an API server without refusals. */
    synchronized void accept() {
        refusals.clear();
    }

    synchronized void put(String path, JsonNode object) {
        objects.put(path, (ObjectNode) object);
    }

    synchronized ObjectNode get(String path) {
        return objects.get(path);
    }

    /** Returns the requests so far, such as {@code POST jobs}. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/" + NAMESPACE + "/", -1);
            String target = path[path.length - 1];
            String kind = target.split("/", -1)[0];
            String request = exchange.getRequestMethod() + " " + kind;
            requests.add(request);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (refusals.containsKey(request)) {
                answer(exchange, refusals.get(request), messages.get(request));
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "POST" -> create(exchange, kind, (ObjectNode) json.readTree(body));
                case "PATCH" -> {
                    json.readerForUpdating(objects.get(target).get("spec"))
                            .readValue(json.readTree(body).get("spec"));
                    send(exchange, 200, objects.get(target));
                }
                case "DELETE" -> {
                    objects.remove(target);
                    answer(exchange, 200, "deleted");
                }
                default -> read(exchange, kind, target);
            }
        }
    }

    private void create(HttpExchange exchange, String kind, ObjectNode object) throws IOException {
        String path = kind + "/" + object.at("/metadata/name").asText();
        if (objects.containsKey(path)) {
            answer(exchange, 409, path + " already exists");
            return;
        }
        ((ObjectNode) object.get("metadata")).put("uid", "uid-" + next++);
        objects.put(path, object);
        send(exchange, 201, object);
    }

    private void read(HttpExchange exchange, String kind, String target) throws IOException {
        if (target.endsWith("/log")) {
            byte[] text = "first line\nlast line\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
        } else if (target.contains("/")) {
            ObjectNode found = objects.get(target);
            if (found == null) {
                answer(exchange, 404, target + " not found");
            } else {
                send(exchange, 200, found);
            }
        } else {
            ObjectNode list = json.createObjectNode();
            list.putObject("metadata").put("resourceVersion", "1");
            objects.entrySet().stream()
                    .filter(one -> one.getKey().startsWith(kind + "/") && matches(exchange, one.getValue()))
                    .forEach(one -> list.withArray("items").add(one.getValue()));
            send(exchange, 200, list);
        }
    }

    private static boolean matches(HttpExchange exchange, JsonNode object) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                || Arrays.stream(query.split("&", -1))
                        .filter(one -> one.startsWith("labelSelector="))
                        .map(one -> URLDecoder.decode(one.substring(14), StandardCharsets.UTF_8))
                        .flatMap(one -> Arrays.stream(one.split(",", -1)))
                        .map(one -> one.split("=", 2))
                        .allMatch(label -> object.path("metadata")
                                .path("labels")
                                .path(label[0])
                                .asText()
                                .equals(label[1]));
    }

    private void answer(HttpExchange exchange, int code, String message) throws IOException {
        ObjectNode status = json.createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").put("code", code).put("message", message);
        send(exchange, code, status.put("status", code < 300 ? "Success" : "Failure"));
    }

    private void send(HttpExchange exchange, int code, JsonNode body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
