package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as common clients and tools send them. */
class InteroperabilityTest {

    private static final String QUERY = "query Name {platform {name}}";
    private static final String SUBSCRIPTION = "subscription {candleRecorded(symbol: \"BTCUSDT\") {revision}}";

    private static TestApi api;

    static final class Answers {
        @QueryHandler
        public MarketViews handle(FindMarkets query) {
            return new MarketViews(List.of(TestAnswers.market("BTCUSDT")));
        }

        @QueryHandler
        public Symbol handle(FollowCandles query) {
            return query.symbol();
        }
    }

    @BeforeAll
    static void start() {
        api = new TestApi("spring.mvc.async.request-timeout=3s");
        var _ = new AnnotationQueryHandlerAdapter<>(new Answers()).subscribe(api.queries);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static void emit(int revision) {
        api.emitCandle(Instant.EPOCH, revision);
    }

    /** Sends updates until none is subscribed: a client that closed its connection is noticed when it is written to. */
    @BeforeEach
    void awaitNoSubscription() {
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            emit(99);
            return api.queries.queryUpdateEmitter().activeSubscriptions().isEmpty();
        });
    }

    private static Map<String, Object> persisted(String text) throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        return Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash));
    }

    /** The documents are those of {@code getIntrospectionQuery()} in graphql-js 16.15. */
    @ParameterizedTest
    @ValueSource(strings = {"graphql-js-16-default", "graphql-js-16-all-options"})
    void answersTheStandardIntrospectionOfGraphqlJs(String name) throws IOException {
        String document;
        try (InputStream in = Objects.requireNonNull(
                InteroperabilityTest.class.getResourceAsStream("/introspection/" + name + ".graphql"))) {
            document = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        JsonNode answer = api.post(document);

        assertThat(answer.path("errors").isMissingNode())
                .as("%s", answer.path("errors"))
                .isTrue();
        assertThat(answer.at("/data/__schema/types").findValuesAsText("name"))
                .contains("Query", "Candle", "ArticleChange", "Outage");
    }

    @Test
    void refusesIntrospectionThatCyclesThroughTypes() {
        String cycle = "name";
        for (int i = 0; i < 4; i++) {
            cycle = "name fields {type {" + cycle + "}}";
        }

        assertThat(api.post("{__schema {types {" + cycle + "}}}").path("errors"))
                .isNotEmpty();
    }

    @Test
    void answersAPersistedQueryByItsDigestOnceItWasSent() throws Exception {
        Map<String, Object> extensions = persisted(QUERY);

        JsonNode unknown = TestApi.json(api.send(Map.of("extensions", extensions), "application/json"));
        assertThat(unknown.at("/errors/0/message").asText()).isEqualTo("PersistedQueryNotFound");
        assertThat(unknown.at("/errors/0/extensions/code").asText()).isEqualTo("PERSISTED_QUERY_NOT_FOUND");
        JsonNode sent = TestApi.json(api.send(Map.of("query", QUERY, "extensions", extensions), "application/json"));
        assertThat(sent.at("/data/platform/name").asText()).isEqualTo("Hindcast");
        for (String accept : List.of("application/json", "application/graphql-response+json")) {
            JsonNode known = TestApi.json(api.send(Map.of("extensions", extensions), accept));
            assertThat(known.at("/data/platform/name").asText()).as(accept).isEqualTo("Hindcast");
        }
    }

    @Test
    void refusesADigestOfAnotherQuery() throws Exception {
        Map<String, Object> others = persisted("{platform {build}}");

        JsonNode refused = TestApi.json(api.send(Map.of("query", QUERY, "extensions", others), "application/json"));
        JsonNode after = TestApi.json(api.send(Map.of("extensions", others), "application/json"));

        assertThat(refused.at("/errors/0/extensions/code").asText()).isEqualTo("PERSISTED_QUERY_HASH_MISMATCH");
        assertThat(after.at("/errors/0/message").asText()).isEqualTo("PersistedQueryNotFound");
    }

    @Test
    void refusesOtherVersionsOfPersistedQueries() {
        JsonNode answer = TestApi.json(api.send(
                Map.of("extensions", Map.of("persistedQuery", Map.of("version", 2, "sha256Hash", "00"))),
                "application/json"));

        assertThat(answer.at("/errors/0/message").asText()).isEqualTo("PersistedQueryNotSupported");
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("PERSISTED_QUERY_NOT_SUPPORTED");
    }

    @Test
    void answersPersistedQueriesOnWebSocketsAndServerSentEvents() throws Exception {
        // A document of its own: other tests cache the usual one.
        String document = SUBSCRIPTION.replace("subscription", "subscription Persisted");
        Map<String, Object> extensions = persisted(document);
        TestApi.Socket socket = api.connect(null);
        socket.subscribe(Map.of("extensions", extensions));
        assertThat(socket.next("next").at("/errors/0/message").asText()).isEqualTo("PersistedQueryNotFound");
        socket.next("complete");
        socket.subscribe(Map.of("query", document, "extensions", extensions));
        api.awaitSubscriptions(1);
        emit(1);
        assertThat(socket.next("next").at("/data/candleRecorded/revision").asInt())
                .isEqualTo(1);
        socket.socket().abort();
        awaitNoSubscription();

        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> lines = events(client, "{\"extensions\":" + json(extensions) + "}")) {
            api.awaitSubscriptions(1);
            emit(2);
            assertThat(data(lines.iterator())).isEqualTo("{\"data\":{\"candleRecorded\":{\"revision\":2}}}");
        }
    }

    @Test
    void sendsUpdatesAndRefusalsAsServerSentEvents() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            try (Stream<String> lines = events(client, "{\"query\":" + json(SUBSCRIPTION) + "}")) {
                api.awaitSubscriptions(1);
                Iterator<String> received = lines.iterator();
                for (int revision = 0; revision < 3; revision++) {
                    emit(revision);
                    assertThat(data(received)).contains("\"revision\":" + revision);
                }
            }
            String unknown = SUBSCRIPTION.replace("BTCUSDT", "NOSUCH");
            try (Stream<String> lines = events(client, "{\"query\":" + json(unknown) + "}")) {
                Iterator<String> received = lines.iterator();
                assertThat(data(received)).contains("UNKNOWN_SYMBOL", "BTCUSDT");
            }
        }
        awaitNoSubscription();
    }

    @Test
    void keepsASubscriptionWithoutUpdatesBeyondTheRequestTimeout() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient();
                Stream<String> lines = events(client, "{\"query\":" + json(SUBSCRIPTION) + "}")) {
            Iterator<String> received = lines.iterator();
            for (int signs = 0; signs < 15; ) {
                signs += received.next().startsWith(":") ? 1 : 0;
            }
            api.awaitSubscriptions(1);
            emit(7);
            assertThat(data(received)).contains("\"revision\":7");
        }
        awaitNoSubscription();
    }

    private static String json(Object value) throws IOException {
        return io.hindcast.api.HindcastJson.mapper().writeValueAsString(value);
    }

    private static Stream<String> events(HttpClient client, String body) throws Exception {
        HttpResponse<Stream<String>> response = client.send(
                HttpRequest.newBuilder(URI.create("http://" + api.host() + "/graphql"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return response.body();
    }

    /** Returns the next data of a stream of events. */
    private static String data(Iterator<String> lines) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("data:") && line.length() > 5) {
                return line.substring(5).strip();
            }
        }
        throw new AssertionError("the stream ended");
    }

    @Test
    void refusesABatch() {
        HttpResponse<String> response =
                api.send(List.of(Map.of("query", QUERY), Map.of("query", QUERY)), "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = TestApi.json(response).at("/errors/0");
        assertThat(error.at("/extensions/code").asText()).isEqualTo("BATCH_NOT_SUPPORTED");
        assertThat(error.path("message").asText()).contains("array of requests", "send each by itself");
    }
}
