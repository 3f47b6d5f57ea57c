package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.app.running.SharedDemo.Demo;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole platform on a generated market, tested through its API. */
@ExtendWith(SharedDemo.class)
class DemoIT {

    private static final String PREDICTIONS = "subscription { predictionsRecorded(symbol: \"BTCUSDT\") {"
            + " predictions { version openTime signal sell hold buy origin outcome } } }";

    @BeforeAll
    static void awaitPredictions(Demo demo) {
        demo.awaitPredictions();
    }

    @Test
    void marksTheGeneratedMarketAsSynthetic(Demo demo) {
        try (GraphQlClient api = demo.api()) {
            JsonNode data = api.query("{ platform { synthetic speed } markets { symbol origin candles liveFrom } }");
            assertThat(data.at("/platform/synthetic").asBoolean()).isTrue();
            assertThat(data.at("/platform/speed").asDouble()).isEqualTo(SharedDemo.SPEED);
            assertThat(data.at("/markets/0/origin").asText()).isEqualTo("SYNTHETIC");
            assertThat(data.at("/markets/0/candles").asLong()).isGreaterThanOrEqualTo(SharedDemo.HISTORY_DAYS * 1440L);
        }
    }

    @Test
    void streamsLiveCandlesAndPredictions(Demo demo) throws Exception {
        try (GraphQlClient api = demo.api();
                GraphQlClient.Subscription candles = api.subscribe(
                        "subscription { candleRecorded(symbol: \"BTCUSDT\") { candle { openTime close } revision } }");
                GraphQlClient.Subscription predictions = api.subscribe(PREDICTIONS)) {
            Instant first = openTime(candles.next(Duration.ofSeconds(20)));
            Instant second = openTime(candles.next(Duration.ofSeconds(20)));
            assertThat(second).isEqualTo(first.plusSeconds(60));

            Set<String> versions = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                for (JsonNode prediction :
                        predictions.next(Duration.ofSeconds(20)).at("/predictionsRecorded/predictions")) {
                    versions.add(prediction.get("version").asText());
                    double sum = prediction.get("sell").asDouble()
                            + prediction.get("hold").asDouble()
                            + prediction.get("buy").asDouble();
                    assertThat(sum).isBetween(0.999999, 1.000001);
                }
            }
            assertThat(versions).containsExactlyInAnyOrderElementsOf(SharedDemo.VERSIONS);
        }
    }

    @Test
    void listsEachPredictionOnceAndResolvesOutcomes(Demo demo) {
        try (GraphQlClient api = demo.api()) {
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                JsonNode edges = api.query("{ predictions(symbol: \"BTCUSDT\", version: \"lightgbm:BTCUSDT:1\","
                                + " from: \"2024-01-01T00:00:00Z\", to: \"2025-01-01T00:00:00Z\", first: 500) {"
                                + " edges { node { openTime outcome origin } } } }")
                        .at("/predictions/edges");
                Set<String> times = new HashSet<>();
                int resolved = 0;
                for (JsonNode edge : edges) {
                    times.add(edge.at("/node/openTime").asText());
                    resolved += edge.at("/node/outcome").isTextual() ? 1 : 0;
                }
                assertThat(times).hasSize(edges.size()).hasSizeGreaterThan(3);
                assertThat(resolved).isPositive();
            });
        }
    }

    @Test
    void readinessIncludesAllComponents(Demo demo) throws Exception {
        try (GraphQlClient api = demo.api()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(api.get("/actuator/health/readiness"))
                            .contains("\"processors\"", "\"feed\"", "\"lanes\"", "\"artifacts\"", "\"db\"")
                            .endsWith("\"status\":\"UP\"}"));
        }
    }

    @Test
    void exportsMetricsOfStoreFeedAndLanes(Demo demo) throws Exception {
        try (GraphQlClient api = demo.api()) {
            assertThat(api.get("/actuator/prometheus"))
                    .contains(
                            "hindcast_axon_messages_seconds_count{",
                            "part=\"processor inference\"",
                            "hindcast_processor_lag_events{",
                            "hindcast_feed_candles_total{",
                            "hindcast_feed_freshness_seconds{",
                            "hindcast_candle_to_recorded_seconds_count",
                            "hikaricp_connections_active{");
        }
    }

    @Test
    void servesTheDashboardForItsRoutesOnly(Demo demo) throws Exception {
        try (GraphQlClient api = demo.api()) {
            assertThat(api.get("/market/BTCUSDT")).contains("<div id=\"root\">").isEqualTo(api.get("/"));
            assertThat(api.get("/models")).isEqualTo(api.get("/"));
            assertThat(api.get("/pipelines")).isEqualTo(api.get("/"));
            assertThat(api.get("/predictions")).isEqualTo(api.get("/"));
            assertThat(api.get("/news")).isEqualTo(api.get("/"));
            assertThat(api.get("/assets/none.js")).doesNotContain("<div id=\"root\">");
        }
    }

    private static Instant openTime(JsonNode data) {
        return Instant.parse(data.at("/candleRecorded/candle/openTime").asText());
    }
}
