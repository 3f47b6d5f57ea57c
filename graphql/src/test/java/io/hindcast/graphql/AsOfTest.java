package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.FindGaps;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.model.FindModelEvents;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FindSlots;
import io.hindcast.api.news.FindArticle;
import io.hindcast.api.news.FindArticles;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindPredictions;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.training.FindTrainingCycles;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each field with {@code asOf} asks as of that moment. */
class AsOfTest {

    private static final Instant MOMENT = Instant.parse("2022-01-02T03:04:05Z");
    private static final Map<String, Class<?>> QUERIES = Map.ofEntries(
            Map.entry("markets", FindMarkets.class),
            Map.entry("market", FindMarket.class),
            Map.entry("candles", FindCandles.class),
            Map.entry("gaps", FindGaps.class),
            Map.entry("predictions", FindPredictions.class),
            Map.entry("signalMarkers", FindSignals.class),
            Map.entry("models", FindModels.class),
            Map.entry("slots", FindSlots.class),
            Map.entry("modelHistory", FindModelEvents.class),
            Map.entry("performance", FindPerformance.class),
            Map.entry("trainingCycles", FindTrainingCycles.class),
            Map.entry("articles", FindArticles.class),
            Map.entry("article", FindArticle.class),
            Map.entry("sentiment", FindSentiment.class));

    private static final Queue<Object> DISPATCHED = new ConcurrentLinkedQueue<>();

    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi();
        var _ = new AnnotationQueryHandlerAdapter<>(new TestAnswers()).subscribe(api.queries);
        var _ = api.queries.registerDispatchInterceptor(messages -> (index, message) -> {
            DISPATCHED.add(message.getPayload());
            return message;
        });
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "markets      |                                                        | { symbol }",
                "market       | symbol: \"BTCUSDT\"                                    | { symbol }",
                "candles      | symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\" | { time }",
                "gaps         | symbol: \"BTCUSDT\"                                    | { __typename }",
                "predictions  | symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\" | { __typename }",
                "signalMarkers| symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\" | { time }",
                "models       | symbol: \"BTCUSDT\"                                    | { id }",
                "slots        | symbol: \"BTCUSDT\"                                    | { slot }",
                "modelHistory | symbol: \"BTCUSDT\"                                    | { __typename }",
                "performance  | symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\" | { feeRate }",
                "trainingCycles | symbol: \"BTCUSDT\"                                  | { __typename }",
                "articles     | first: 3                                               | { __typename }",
                "article      | id: \"article:0f1e2d3c4b5a69788796a5b4c3d2e1f0\"       | { id }",
                "sentiment    | symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\" | { time }"
            })
    void fieldAsksAsOfTheMoment(String field, @Nullable String arguments, String selection) {
        DISPATCHED.clear();

        var _ = api.post("{ " + field + "(" + (arguments == null ? "" : arguments + ", ") + "asOf: \"" + MOMENT + "\") "
                + selection + " }");

        assertThat(DISPATCHED)
                .filteredOn(query -> query.getClass().equals(QUERIES.get(field)))
                .extracting("asOf")
                .contains(Optional.of(MOMENT));
    }
}
