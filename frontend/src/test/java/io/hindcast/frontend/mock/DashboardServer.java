package io.hindcast.frontend.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Serves the built dashboard and, at {@code /graphql}, a mock API: operations over HTTP, subscriptions over the
 * graphql-transport-ws protocol.
 */
public final class DashboardServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript",
            "css", "text/css",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");

    /** The same policy as in the application, so that violations are detected in tests. */
    private static final String POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                    + " connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final Path files;
    private final MockApi api;
    private final ServerSocket listening;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;
    private volatile boolean hanging;

    private record Subscriber(WebSocket socket, String id, String operation) {}

    public DashboardServer(Path files, MockApi api) {
        this.files = files;
        this.api = api;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    public String address() {
        return "http://localhost:" + listening.getLocalPort();
    }

    /** Sends a message with one field to all subscribers of an operation. */
    public void push(String operation, String field, JsonNode payload) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber.operation().equals(operation)) {
                ObjectNode message = JSON.createObjectNode();
                message.put("type", "next").put("id", subscriber.id());
                message.putObject("payload").putObject("data").set(field, payload);
                try {
                    subscriber.socket().send(message.toString());
                } catch (UncheckedIOException e) {
                    // The connection is lost; its reading thread removes the subscriber.
                    subscriber.socket().drop();
                }
            }
        }
    }

    public long subscribersTo(String operation) {
        return subscribers.stream().filter(s -> s.operation().equals(operation)).count();
    }

    /** Ends the subscriptions to an operation with an error, but keeps the connections. */
    public void end(String operation, String message) {
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            if (subscriber.operation().equals(operation)) {
                subscribers.remove(subscriber);
                ObjectNode error = JSON.createObjectNode().put("type", "error").put("id", subscriber.id());
                error.putArray("payload").addObject().put("message", message);
                subscriber.socket().send(error.toString());
            }
        }
    }

    /** Keeps all connections open but answers nothing, like a server that hangs. */
    public void hang() {
        hanging = true;
    }

    /** Closes all connections and refuses new ones until {@link #comeBack}. */
    public void goAway() {
        refusing = true;
        for (Socket socket : connections) {
            close(socket);
        }
    }

    public void comeBack() {
        refusing = false;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        goAway();
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                if (refusing) {
                    close(socket);
                } else {
                    connections.add(socket);
                    Thread.ofVirtual().start(() -> serve(socket));
                }
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            for (String request = readLine(in); !request.isEmpty(); request = readLine(in)) {
                Map<String, String> headers = new HashMap<>();
                for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
                    int colon = line.indexOf(':');
                    headers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
                byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
                String path = request.split(" ", -1)[1].replaceAll("\\?.*", "");
                String key = headers.get("sec-websocket-key");
                if (key != null) {
                    upgrade(out, key);
                    talk(new WebSocket(socket, in, out));
                    return;
                }
                if (path.equals("/graphql")) {
                    answer(out, 200, "application/graphql-response+json", api.answer(JSON.readTree(body)));
                } else {
                    file(out, path);
                }
            }
        } catch (IOException e) {
            // The connection was closed by the browser or by a test.
        } finally {
            connections.remove(socket);
        }
    }

    private void talk(WebSocket socket) throws IOException {
        try {
            String text;
            while ((text = socket.read()) != null) {
                if (hanging) {
                    continue;
                }
                JsonNode message = JSON.readTree(text);
                String id = message.path("id").asText();
                switch (message.path("type").asText()) {
                    case "connection_init" -> socket.send("{\"type\":\"connection_ack\"}");
                    case "ping" -> socket.send("{\"type\":\"pong\"}");
                    case "subscribe" ->
                        subscribers.add(new Subscriber(socket, id, operationName(message.path("payload"))));
                    case "complete" -> subscribers.removeIf(s -> s.socket() == socket && s.id().equals(id));
                    default -> {}
                }
            }
        } finally {
            subscribers.removeIf(s -> s.socket() == socket);
        }
    }

    static String operationName(JsonNode payload) {
        String named = payload.path("operationName").asText("");
        return named.isEmpty() ? payload.path("query").asText().replaceAll("(?s)^\\s*\\w+\\s+(\\w+).*", "$1") : named;
    }

    private static void upgrade(OutputStream out, String key) throws IOException {
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Accept: "
                        + WebSocket.accept(key)
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Serves a file of the dashboard, or its page for its routes. */
    private void file(OutputStream out, String path) throws IOException {
        Path file = files.resolve(path.substring(1)).normalize();
        if (!file.startsWith(files) || !Files.isRegularFile(file)) {
            if (path.contains(".")) {
                answer(out, 404, "text/plain", new byte[0]);
                return;
            }
            file = files.resolve("index.html");
        }
        String name = file.toString();
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        answer(out, 200, type, Files.readAllBytes(file));
    }

    private static void answer(OutputStream out, int status, String type, byte[] body) throws IOException {
        out.write(("HTTP/1.1 " + status + " OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                        + "\r\nContent-Security-Policy: " + POLICY + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static String readLine(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
