package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.news.ArticleView;
import io.hindcast.api.news.FindArticle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every field refuses an unknown name with the names that exist. */
class UnknownNamesTest {

    private static final String PERIOD = "from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\"";

    private static TestApi api;
    private static volatile List<String> followed = List.of("BTCUSDT", "ETHUSDT");

    /** Two markets without models. */
    static final class Answers {

        @QueryHandler
        public MarketViews handle(FindMarkets query) {
            return new MarketViews(followed.stream().map(TestAnswers::market).toList());
        }

        @QueryHandler
        public ModelViews handle(FindModels query) {
            return new ModelViews(List.of());
        }

        @QueryHandler
        public Optional<ArticleView> handle(FindArticle query) {
            return Optional.empty();
        }
    }

    @BeforeAll
    static void start() {
        api = new TestApi();
        var _ = new AnnotationQueryHandlerAdapter<>(new Answers()).subscribe(api.queries);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{market(symbol: \"XRPUSDT\") {symbol}}",
                "{candles(symbol: \"XRPUSDT\", PERIOD) {time}}",
                "{gaps(symbol: \"XRPUSDT\") {pageInfo {hasNextPage}}}",
                "{predictions(symbol: \"XRPUSDT\", PERIOD) {pageInfo {hasNextPage}}}",
                "{predictions(symbol: \"BTCUSDT\", version: \"tst:XRPUSDT:1\", PERIOD) {pageInfo {hasNextPage}}}",
                "{signalMarkers(symbol: \"XRPUSDT\", PERIOD) {time}}",
                "{models(symbol: \"XRPUSDT\") {id}}",
                "{modelVersion(version: \"lightgbm:XRPUSDT:1\") {id}}",
                "{performance(symbol: \"XRPUSDT\", PERIOD) {buyAndHold}}",
                "{trainingCycles(symbol: \"XRPUSDT\") {pageInfo {hasNextPage}}}",
                "{audits(symbol: \"XRPUSDT\") {pageInfo {hasNextPage}}}",
                "{runReport(run: \"XRPUSDT/1/tst/1\") {activity}}",
                "{articles(symbol: \"XRPUSDT\") {pageInfo {hasNextPage}}}",
                "{sentiment(symbol: \"XRPUSDT\", PERIOD) {time}}",
                "{slots(symbol: \"XRPUSDT\") {model}}",
                "{modelHistory(symbol: \"XRPUSDT\") {pageInfo {hasNextPage}}}",
                "mutation {requestTraining(symbol: \"XRPUSDT\") {number}}",
                "mutation {cancelTraining(symbol: \"XRPUSDT\", cycle: 1, reason: \"wrong data\")}",
                "mutation {requestBackfill(version: \"tst:XRPUSDT:1\", reason: \"missed bars\")}"
            })
    void refusesAnUnknownSymbolWithTheKnownOnes(String document) {
        JsonNode answer = api.post(document.replace("PERIOD", PERIOD));

        JsonNode error = answer.at("/errors/0/extensions");
        assertThat(error.path("code").asText()).as("%s", answer).isEqualTo("UNKNOWN_SYMBOL");
        assertThat(error.path("value").asText()).isEqualTo("XRPUSDT");
        assertThat(error.path("expected").asText()).isEqualTo("one of BTCUSDT, ETHUSDT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "candleRecorded(symbol: \"XRPUSDT\") {revision}",
                "predictionsRecorded(symbol: \"XRPUSDT\") {symbol}",
                "modelsChanged(symbol: \"XRPUSDT\") {kind}",
                "articleChanged(symbol: \"XRPUSDT\") {kind}"
            })
    void refusesASubscriptionToAnUnknownSymbol(String field) {
        TestApi.Socket socket = api.connect(null);
        socket.subscribe("subscription {" + field + "}");

        assertThat(socket.next("error").at("/0/extensions/code").asText()).isEqualTo("UNKNOWN_SYMBOL");
        socket.socket().abort();
    }

    @Test
    void testsEveryFieldWithASymbol() {
        JsonNode types =
                api.post("{__schema {types {name fields {name args {name}}}}}").at("/data/__schema/types");

        List<String> withSymbol = new ArrayList<>();
        for (JsonNode type : types) {
            for (JsonNode field : type.path("fields")) {
                if (field.path("args").findValuesAsText("name").contains("symbol")) {
                    withSymbol.add(field.path("name").asText());
                }
            }
        }
        assertThat(withSymbol)
                .containsExactlyInAnyOrder(
                        "market",
                        "candles",
                        "gaps",
                        "predictions",
                        "signalMarkers",
                        "models",
                        "slots",
                        "modelHistory",
                        "performance",
                        "trainingCycles",
                        "audits",
                        "articles",
                        "sentiment",
                        "requestTraining",
                        "cancelTraining",
                        "candleRecorded",
                        "predictionsRecorded",
                        "modelsChanged",
                        "articleChanged");
    }

    @Test
    void acceptsAMarketThatIsOpenedLater() {
        assertThat(api.post("{models(symbol: \"SOLUSDT\") {id}}").has("errors")).isTrue();
        followed = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT");

        assertThat(api.post("{models(symbol: \"SOLUSDT\") {id}}").has("errors")).isFalse();
        followed = List.of("BTCUSDT", "ETHUSDT");
    }

    @Test
    void refusesAnUnknownVersion() {
        JsonNode error =
                api.post("{modelVersion(version: \"lightgbm:BTCUSDT:7\") {id}}").at("/errors/0/extensions");

        assertThat(error.path("code").asText()).isEqualTo("UNKNOWN_VERSION");
        assertThat(error.path("expected").asText()).isEqualTo("an existing one; no version is registered yet");
    }

    @Test
    void refusesAnUnknownArticle() {
        JsonNode error = api.post("{article(id: \"article:0f1e2d3c4b5a69788796a5b4c3d2e1f0\") {title}}")
                .at("/errors/0/extensions");

        assertThat(error.path("code").asText()).isEqualTo("UNKNOWN_ARTICLE");
        assertThat(error.path("value").asText()).isEqualTo("article:0f1e2d3c4b5a69788796a5b4c3d2e1f0");
    }
}
