package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.LiveCandle;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The API on a port of its own, with clients for HTTP and WebSocket. */
final class TestApi implements AutoCloseable {

    static final Instant NOW = Instant.parse("2022-02-01T00:00:00Z");

    private static final JsonMapper JSON = HindcastJson.mapper();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(GraphqlConfiguration.class)
    static class Application {
        @Bean
        SimpleQueryBus queryBus() {
            return SimpleQueryBus.builder().build();
        }

        @Bean
        CommandBus commandBus() {
            return SimpleCommandBus.builder().build();
        }

        @Bean
        QueryGateway queryGateway(SimpleQueryBus bus) {
            return DefaultQueryGateway.builder().queryBus(bus).build();
        }

        @Bean
        CommandGateway commandGateway(CommandBus bus) {
            return DefaultCommandGateway.builder().commandBus(bus).build();
        }

        @Bean
        InstantSource marketClock() {
            return InstantSource.fixed(NOW);
        }

        @Bean
        PlatformInfo platformInfo() {
            return new PlatformInfo("Hindcast", "test", Optional.of(2.0));
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    final ConfigurableApplicationContext application;
    final SimpleQueryBus queries;
    final CommandBus commands;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String host;

    TestApi(String... properties) {
        application = new SpringApplicationBuilder(Application.class)
                .properties(
                        "server.port=0",
                        "spring.graphql.websocket.path=/graphql",
                        "spring.graphql.http.sse.keep-alive=300ms",
                        "spring.graphql.http.sse.timeout=0",
                        "logging.level.root=ERROR")
                .properties(properties)
                .run();
        queries = application.getBean(SimpleQueryBus.class);
        commands = application.getBean(CommandBus.class);
        host = "localhost:" + application.getEnvironment().getProperty("local.server.port");
    }

    /** Sends a document and returns the whole answer. */
    JsonNode post(String query) {
        return post(query, Map.of());
    }

    JsonNode post(String query, Map<String, Object> variables) {
        return json(send(Map.of("query", query, "variables", variables), "application/json"));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends any body and returns the response. */
    HttpResponse<String> send(Object body, String accept) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://" + host + "/graphql"))
                            .header("Content-Type", "application/json")
                            .header("Accept", accept)
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens an acknowledged connection by graphql-transport-ws. */
    Socket connect(@Nullable String origin) {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        WebSocket.Builder builder = client.newWebSocketBuilder().subprotocols("graphql-transport-ws");
        if (origin != null) {
            builder.header("Origin", origin);
        }
        WebSocket socket = builder.buildAsync(URI.create("ws://" + host + "/graphql"), new WebSocket.Listener() {
                    private final StringBuilder message = new StringBuilder();

                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
                        message.append(data);
                        if (last) {
                            received.add(message.toString());
                            message.setLength(0);
                        }
                        webSocket.request(1);
                        return null;
                    }
                })
                .join();
        Socket opened = new Socket(socket, received);
        opened.send("{\"type\":\"connection_init\"}");
        opened.next("connection_ack");
        return opened;
    }

    String host() {
        return host;
    }

    record Socket(WebSocket socket, BlockingQueue<String> received) {

        void subscribe(String query) {
            subscribe(Map.of("query", query));
        }

        void subscribe(Map<String, ?> payload) {
            try {
                send(JSON.writeValueAsString(Map.of("id", "1", "type", "subscribe", "payload", payload)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void send(String message) {
            socket.sendText(message, true).join();
        }

        /** Returns the payload of the next message, which must be of this type. */
        JsonNode next(String type) {
            try {
                while (true) {
                    @Nullable String text = received.poll(10, TimeUnit.SECONDS);
                    if (text == null) {
                        throw new AssertionError("no " + type + " within ten seconds");
                    }
                    JsonNode message = JSON.readTree(text);
                    if (message.path("type").asText().equals(type)) {
                        return message.path("payload");
                    }
                    if (!message.path("type").asText().equals("ping")) {
                        throw new AssertionError(text + " instead of " + type);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    void assertRefused(String query, String code, String field, String value, String expected) {
        JsonNode error = post(query).at("/errors/0");
        assertThat(error.at("/extensions/code").asText()).as("%s", error).isEqualTo(code);
        assertThat(error.at("/extensions/field").asText()).isEqualTo(field);
        assertThat(error.at("/extensions/value").asText()).isEqualTo(value);
        assertThat(error.at("/extensions/expected").asText()).isEqualTo(expected);
        assertThat(error.path("message").asText()).contains(value, expected);
    }

    /** Emits a candle of BTCUSDT to the subscribers of candles. */
    void emitCandle(Instant openTime, int revision) {
        BigDecimal price = new BigDecimal("40000.50");
        Candle candle = new Candle(
                openTime, price, price, price, price, BigDecimal.ONE, price, 1, BigDecimal.ZERO, BigDecimal.ZERO);
        queries.queryUpdateEmitter()
                .emit(
                        FollowCandles.class,
                        query -> query.symbol().equals(TestAnswers.SYMBOL),
                        new LiveCandle(TestAnswers.SYMBOL, candle, revision, openTime));
    }

    void awaitSubscriptions(int count) {
        await().until(() -> queries.queryUpdateEmitter().activeSubscriptions().size() == count);
    }

    @Override
    public void close() {
        application.close();
        client.close();
    }
}
