package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.news.FindArticles;
import io.hindcast.api.training.RetrainSymbol;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries and the mutation over HTTP. */
class QueriesTest {

    private static final AtomicReference<@Nullable RetrainSymbol> ORDERED = new AtomicReference<>();
    private static final TestAnswers ANSWERS = new TestAnswers();

    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi();
        var _ = new AnnotationQueryHandlerAdapter<>(ANSWERS).subscribe(api.queries);
        var _ = api.commands.subscribe(RetrainSymbol.class.getName(), (CommandMessage<?> message) -> {
            RetrainSymbol command = (RetrainSymbol) message.getPayload();
            if (ORDERED.getAndSet(command) != null) {
                throw RefusedException.of("CYCLE_RUNNING", "cycle of BTCUSDT", "1, running", "none running");
            }
            return new TrainingCycleView(
                    command.symbol(),
                    1,
                    "requested",
                    TrainingState.RUNNING,
                    command.requestedAt(),
                    Optional.empty(),
                    TestAnswers.FIRST,
                    TestAnswers.LAST,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new TrainingCycleView.WallTimes(TestAnswers.LAST, Optional.empty(), Optional.empty()),
                    List.of());
        });
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void describesPlatformAndMarkets() {
        JsonNode answer = api.post(
                "{platform {name build synthetic marketTime speed reactionWindowMinutes} markets {symbol interval origin"
                        + " liveFrom lastOpenTime lastClose candles}}");

        assertThat(answer.path("errors").isMissingNode()).as("%s", answer).isTrue();
        JsonNode platform = answer.at("/data/platform");
        assertThat(platform.path("synthetic").asBoolean()).isTrue();
        assertThat(platform.path("marketTime").asText()).isEqualTo("2022-02-01T00:00:00Z");
        assertThat(platform.path("speed").asDouble()).isEqualTo(2);
        assertThat(platform.path("reactionWindowMinutes").asInt()).isEqualTo(720);
        JsonNode market = answer.at("/data/markets/0");
        assertThat(market.path("symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(market.path("interval").asText()).isEqualTo("1m");
        assertThat(market.path("lastClose").isTextual()).isTrue();
        assertThat(market.path("lastClose").asText()).isEqualTo("46216.93");
        assertThat(market.path("liveFrom").isNull()).isTrue();
        assertThat(market.path("candles").asLong()).isEqualTo(5_000_000_000L);
    }

    @Test
    void returnsChartsAsColumns() {
        JsonNode series = api.post("""
                        query($from: DateTime!) {
                          candles(symbol: "BTCUSDT", from: $from, to: "2022-01-02T01:00:00+01:00") {
                            symbol bucketSeconds time open high low close volume
                          }
                        }""", Map.of("from", "2022-01-01T00:00:00Z")).at("/data/candles");

        assertThat(series.path("symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(series.path("time").toString()).isEqualTo("[1640995200,1640995500]");
        assertThat(series.path("close").toString()).isEqualTo("[2.0,3.25]");
        assertThat(series.path("volume").get(1).asDouble()).isEqualTo(1e-5);
        assertThat(ANSWERS.asked.get())
                .isEqualTo(new FindCandles(
                        TestAnswers.SYMBOL, TestAnswers.FIRST, Instant.parse("2022-01-02T00:00:00Z"), 1500));
    }

    @Test
    void returnsListsAsPagesWithCursors() {
        JsonNode gaps = api.post("{gaps(symbol: \"BTCUSDT\", first: 1) {edges {cursor node {from to state resolvedAt}}"
                        + " pageInfo {endCursor hasNextPage}}}")
                .at("/data/gaps");

        assertThat(gaps.at("/edges/0/node/state").asText()).isEqualTo("OPEN");
        assertThat(gaps.at("/edges/0/cursor").asText()).isEqualTo("c1");
        assertThat(gaps.at("/pageInfo/endCursor").asText()).isEqualTo("c1");
        assertThat(gaps.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    }

    @Test
    void returnsArticlesWithScoresReactionsAndSnippet() {
        JsonNode article = api.post(
                        "{articles(symbol: \"BTCUSDT\", text: \"bitcoin\") {edges {cursor node {id url source symbols"
                                + " title body publishedAt publishedEstimated firstSeenAt revision duplicateOf"
                                + " scores {version slot reading signal sell hold buy origin scoredAt}"
                                + " reactions {symbol percent signal windowMinutes measuredAt} snippet {text match}}} pageInfo {hasNextPage}}}")
                .at("/data/articles/edges/0/node");

        assertThat(article.path("id").asText())
                .isEqualTo(TestAnswers.ARTICLE.articleId().toString());
        assertThat(article.path("url").asText()).isEqualTo("https://example.com/bitcoin-rises");
        assertThat(article.path("publishedEstimated").asBoolean()).isTrue();
        assertThat(article.path("duplicateOf").asText()).startsWith("article:");
        assertThat(article.path("body").isNull()).isTrue();
        assertThat(article.at("/scores/0/signal").asText()).isEqualTo("BUY");
        assertThat(article.at("/scores/0/version").asText()).isEqualTo("trl:BTCUSDT:2");
        assertThat(article.at("/reactions/0/percent").asDouble()).isEqualTo(0.75);
        assertThat(article.at("/snippet/0/match").asBoolean()).isTrue();
        assertThat(ANSWERS.asked.get())
                .isEqualTo(new FindArticles(
                        Optional.of(TestAnswers.SYMBOL),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("bitcoin"),
                        false,
                        50,
                        Optional.empty()));
        assertThat(api.post("{article(id: \"" + TestAnswers.ARTICLE.articleId() + "\") {title}}")
                        .at("/data/article/title")
                        .asText())
                .isEqualTo("Bitcoin rises");
        api.assertRefused(
                "{article(id: \"1\") {title}}", "BAD_ARTICLE", "article", "'1'", "article: and 32 hexadecimal digits");
    }

    @Test
    void returnsSentimentAsColumns() {
        JsonNode series = api.post("{sentiment(symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to:"
                        + " \"2022-01-02T00:00:00Z\") {version slot bucketSeconds time sentiment articles}}")
                .at("/data/sentiment/0");

        assertThat(series.path("slot").asText()).isEqualTo("CURRENT");
        assertThat(series.path("sentiment").toString()).isEqualTo("[-0.25]");
        assertThat(series.path("articles").toString()).isEqualTo("[7]");
    }

    @Test
    void returnsTheLatestReportOfARunsWorker() {
        String query = "{runReport(run: \"BTCUSDT/1/%s/1\") {activity done of unit note log age}}";
        JsonNode report = api.post(query.formatted("tst")).at("/data/runReport");

        assertThat(report.path("activity").asText()).isEqualTo("training");
        assertThat(report.path("of").asInt()).isEqualTo(8);
        assertThat(report.path("log").toString()).isEqualTo("[\"12:00:01 INFO training\"]");
        assertThat(report.path("age").asDouble()).isEqualTo(1.5);
        assertThat(api.post(query.formatted("lightgbm")).at("/data/runReport").isNull())
                .isTrue();
    }

    @Test
    void sendsRequestForTrainingAndRefusesASecond() {
        String mutation =
                "mutation {requestTraining(symbol: \"BTCUSDT\") {number state reason dataFrom dataTo runs {id}}}";
        JsonNode cycle = api.post(mutation).at("/data/requestTraining");

        assertThat(cycle.path("number").asInt()).isEqualTo(1);
        assertThat(cycle.path("state").asText()).isEqualTo("RUNNING");
        assertThat(cycle.path("reason").asText()).isEqualTo("requested");
        assertThat(cycle.path("dataFrom").asText()).isEqualTo(TestAnswers.FIRST.toString());
        assertThat(cycle.path("dataTo").asText()).isEqualTo(TestAnswers.LAST.toString());
        assertThat(ORDERED.get()).isEqualTo(new RetrainSymbol(TestAnswers.SYMBOL, TestApi.NOW));
        assertThat(api.post(mutation).at("/errors/0/extensions/code").asText()).isEqualTo("CYCLE_RUNNING");
        assertThat(api.post("mutation {requestTraining(symbol: \"NOSUCH\") {number}}")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("UNKNOWN_SYMBOL");
    }
}
