package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A GraphQL client over HTTP and WebSocket, as the dashboard uses the API. */
final class GraphQlClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;

    GraphQlClient(int port) {
        this.port = port;
    }

    /** Returns the data of a response; fails if it has errors. */
    JsonNode query(String query) {
        JsonNode answer = post(query);
        if (answer.has("errors")) {
            throw new AssertionError(query + " was answered by " + answer.get("errors"));
        }
        return answer.get("data");
    }

    /** Blocks until the read models have predictions of each of these versions of BTCUSDT. */
    void awaitPredictions(List<String> versions) {
        for (String version : versions) {
            await(version + " predicts")
                    .atMost(Duration.ofMinutes(3))
                    .untilAsserted(
                            () -> assertThat(query("{ predictions(symbol: \"BTCUSDT\", version: \"" + version + "\","
                                                    + " from: \"2020-01-01T00:00:00Z\", to: \"2030-01-01T00:00:00Z\", first: 1) {"
                                                    + " edges { node { openTime } } } }")
                                            .at("/predictions/edges"))
                                    .isNotEmpty());
        }
    }

    /** Returns the open time of a market's last bar. */
    Instant lastBar(String symbol) {
        return Instant.parse(query("{ market(symbol: \"" + symbol + "\") { lastOpenTime } }")
                .at("/market/lastOpenTime")
                .asText());
    }

    /** Blocks until the process is ready. */
    void awaitReady(Duration within) {
        await("readiness")
                .atMost(within)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(get("/actuator/health/readiness")).endsWith("\"status\":\"UP\"}"));
    }

    /** Returns the errors of a response; fails if it has none. */
    JsonNode errors(String query) {
        JsonNode answer = post(query);
        if (!answer.has("errors")) {
            throw new AssertionError(query + " was answered by " + answer);
        }
        return answer.get("errors");
    }

    private JsonNode post(String query) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/graphql"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(20))
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", query))))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError("HTTP " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("The API does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String get(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    Subscription subscribe(String query) {
        return new Subscription(query);
    }

    @Override
    public void close() {
        http.close();
    }

    /** A subscription over the graphql-transport-ws protocol. */
    final class Subscription implements AutoCloseable {
        private final LinkedBlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        private final WebSocket socket;

        private Subscription(String query) {
            socket = http.newWebSocketBuilder()
                    .subprotocols("graphql-transport-ws")
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/graphql"), new Listener())
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            send(Map.of("type", "connection_init"));
            acknowledged.orTimeout(10, TimeUnit.SECONDS).join();
            send(Map.of("type", "subscribe", "id", "1", "payload", Map.of("query", query)));
        }

        /** Returns the data of the next message. */
        JsonNode next(Duration within) throws InterruptedException {
            JsonNode message = received.poll(within.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new AssertionError("nothing came over the subscription within " + within);
            }
            if (!message.path("type").asText().equals("next")
                    || message.path("payload").has("errors")) {
                throw new AssertionError("the subscription ended with " + message);
            }
            return message.get("payload").get("data");
        }

        private void send(Map<String, ?> message) {
            try {
                socket.sendText(JSON.writeValueAsString(message), true)
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            socket.abort();
        }

        private final class Listener implements WebSocket.Listener {
            private final StringBuilder text = new StringBuilder();

            @Override
            public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                    try {
                        JsonNode message = JSON.readTree(text.toString());
                        text.setLength(0);
                        switch (message.path("type").asText()) {
                            case "connection_ack" -> acknowledged.complete(null);
                            case "ping" ->
                                webSocket.sendText("{\"type\":\"pong\"}", true).join();
                            default -> received.add(message);
                        }
                    } catch (JsonProcessingException e) {
                        throw new IllegalStateException(e);
                    }
                }
                webSocket.request(1);
                return null;
            }
        }
    }
}
