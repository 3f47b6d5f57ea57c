package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSeries;
import io.hindcast.api.market.FindCandles;
import io.hindcast.api.market.FindGaps;
import io.hindcast.api.market.FindMarket;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.GapPage;
import io.hindcast.api.market.GapState;
import io.hindcast.api.market.GapView;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.LiveCandle;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.MarketView;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleChange;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticlePage;
import io.hindcast.api.news.ArticleReaction;
import io.hindcast.api.news.ArticleScore;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.ArticleView;
import io.hindcast.api.news.FindArticle;
import io.hindcast.api.news.FindArticles;
import io.hindcast.api.news.FindSentiment;
import io.hindcast.api.news.FollowArticles;
import io.hindcast.api.news.NearDuplicate;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.SentimentChart;
import io.hindcast.api.news.SentimentSeries;
import io.hindcast.api.news.SnippetPart;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.api.training.RetrainSymbol;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GraphqlTest {

    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final Instant FIRST = Instant.parse("2022-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2022-01-31T23:59:00Z");

    private static Api api;
    private static final AtomicReference<@Nullable Object> asked = new AtomicReference<>();
    private static final AtomicReference<RetrainSymbol> ordered = new AtomicReference<>();

    @BeforeAll
    static void start() {
        api = new Api("hindcast.graphql.max-subscriptions=3");
        var _ = new AnnotationQueryHandlerAdapter<>(new Answers()).subscribe(api.queries);
        var _ = api.commands.subscribe(RetrainSymbol.class.getName(), (CommandMessage<?> message) -> {
            RetrainSymbol command = (RetrainSymbol) message.getPayload();
            if (ordered.getAndSet(command) != null) {
                throw RefusedException.of("CYCLE_RUNNING", "cycle of BTCUSDT", "1, running", "none running");
            }
            return new TrainingCycleView(
                    command.symbol(),
                    1,
                    "requested",
                    TrainingState.RUNNING,
                    command.requestedAt(),
                    Optional.empty(),
                    FIRST,
                    LAST,
                    List.of());
        });
    }

    private static final VersionId TRL = VersionId.parse("trl:BTCUSDT:2");
    private static final ArticleUrl URL = new ArticleUrl("https://example.com/bitcoin-rises");
    private static final ArticleView ARTICLE = new ArticleView(
            ArticleId.of(URL),
            URL,
            "yahoo",
            "Example",
            List.of(SYMBOL),
            "Bitcoin rises",
            "It rose.",
            Optional.empty(),
            PublishedTime.estimated(FIRST),
            FIRST.plusSeconds(60),
            1,
            Optional.of(new NearDuplicate(ArticleId.of(new ArticleUrl("https://example.com/earlier")), 0.8)),
            List.of(new ArticleScore(
                    TRL,
                    Optional.of(Slot.CURRENT),
                    0,
                    new Probabilities(0.2, 0.3, 0.5),
                    PredictionOrigin.LIVE,
                    FIRST.plusSeconds(61))),
            List.of(new ArticleReaction(SYMBOL, 0.75, Signal.BUY, 720, FIRST.plusSeconds(43_200))),
            List.of(new SnippetPart("Bitcoin", true), new SnippetPart(" rises", false)));

    /** What the query wing would say. */
    static final class Answers {

        private static final MarketView MARKET = market("BTCUSDT");

        private static MarketView market(String symbol) {
            return new MarketView(
                    new Symbol(symbol),
                    Interval.ONE_MINUTE,
                    MarketOrigin.SYNTHETIC,
                    "made up",
                    Optional.empty(),
                    Optional.of(FIRST),
                    Optional.of(LAST),
                    Optional.of(new BigDecimal("46216.93")),
                    5_000_000_000L);
        }

        @QueryHandler
        public MarketViews handle(FindMarkets query) {
            return new MarketViews(List.of(MARKET, market("BROKEN")));
        }

        @QueryHandler
        public Optional<MarketView> handle(FindMarket query) {
            return query.symbol().equals(SYMBOL) ? Optional.of(MARKET) : Optional.empty();
        }

        @QueryHandler
        public CandleSeries handle(FindCandles query) {
            asked.set(query);
            if (query.maxPoints() > 5000) {
                throw RefusedException.of("OUT_OF_RANGE", "maxPoints", query.maxPoints(), "1 to 5000");
            }
            return new CandleSeries(
                    query.symbol(),
                    300,
                    new long[] {1640995200, 1640995500},
                    new double[] {1, 2},
                    new double[] {3, 4},
                    new double[] {0.5, 1.5},
                    new double[] {2, 3.25},
                    new double[] {10, 1e-5});
        }

        @QueryHandler
        public GapPage handle(FindGaps query) {
            if (query.symbol().value().equals("BROKEN")) {
                throw new IllegalStateException("secret detail of the database");
            }
            return new GapPage(
                    List.of(new GapView(SYMBOL, FIRST, FIRST.plusSeconds(60), GapState.OPEN, LAST, Optional.empty())),
                    List.of("c1"),
                    true);
        }

        @QueryHandler
        public Symbol handle(FollowCandles query) {
            return query.symbol();
        }

        @QueryHandler
        public ArticlePage handle(FindArticles query) {
            asked.set(query);
            return new ArticlePage(List.of(ARTICLE), List.of("a1"), false);
        }

        @QueryHandler
        public Optional<ArticleView> handle(FindArticle query) {
            return query.articleId().equals(ARTICLE.articleId()) ? Optional.of(ARTICLE) : Optional.empty();
        }

        @QueryHandler
        public SentimentChart handle(FindSentiment query) {
            return new SentimentChart(List.of(new SentimentSeries(
                    TRL, Optional.of(Slot.CURRENT), 300, new long[] {1640995200}, new double[] {-0.25}, new int[] {7
                    })));
        }

        @QueryHandler
        public Symbol handle(FollowArticles query) {
            return query.symbol();
        }
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void tellsWhatRunsHere() {
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
    void chartsComeAsColumnsOfNumbers() {
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
        assertThat(asked.get()).isEqualTo(new FindCandles(SYMBOL, FIRST, Instant.parse("2022-01-02T00:00:00Z"), 1500));
    }

    @Test
    void listsArePagesWithCursors() {
        JsonNode gaps = api.post("{gaps(symbol: \"BTCUSDT\", first: 1) {edges {cursor node {from to state resolvedAt}}"
                        + " pageInfo {endCursor hasNextPage}}}")
                .at("/data/gaps");

        assertThat(gaps.at("/edges/0/node/state").asText()).isEqualTo("OPEN");
        assertThat(gaps.at("/edges/0/cursor").asText()).isEqualTo("c1");
        assertThat(gaps.at("/pageInfo/endCursor").asText()).isEqualTo("c1");
        assertThat(gaps.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    }

    @Test
    void articlesComeWithScoresReactionsAndWhereTheSearchedWordsStand() {
        JsonNode article = api.post(
                        "{articles(symbol: \"BTCUSDT\", text: \"bitcoin\") {edges {cursor node {id url source symbols"
                                + " title body publishedAt publishedEstimated firstSeenAt revision duplicateOf"
                                + " scores {version slot reading signal sell hold buy origin scoredAt}"
                                + " reactions {symbol percent signal windowMinutes measuredAt} snippet {text match}}} pageInfo {hasNextPage}}}")
                .at("/data/articles/edges/0/node");

        assertThat(article.path("id").asText()).isEqualTo(ARTICLE.articleId().toString());
        assertThat(article.path("url").asText()).isEqualTo("https://example.com/bitcoin-rises");
        assertThat(article.path("publishedEstimated").asBoolean()).isTrue();
        assertThat(article.path("duplicateOf").asText()).startsWith("article:");
        assertThat(article.path("body").isNull()).isTrue();
        assertThat(article.at("/scores/0/signal").asText()).isEqualTo("BUY");
        assertThat(article.at("/scores/0/version").asText()).isEqualTo("trl:BTCUSDT:2");
        assertThat(article.at("/reactions/0/percent").asDouble()).isEqualTo(0.75);
        assertThat(article.at("/snippet/0/match").asBoolean()).isTrue();
        assertThat(asked.get())
                .isEqualTo(new FindArticles(
                        Optional.of(SYMBOL),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("bitcoin"),
                        false,
                        50,
                        Optional.empty()));
        assertThat(api.post("{article(id: \"" + ARTICLE.articleId() + "\") {title}}")
                        .at("/data/article/title")
                        .asText())
                .isEqualTo("Bitcoin rises");
        assertRefused(
                "{article(id: \"1\") {title}}", "BAD_ARTICLE", "article", "'1'", "article: and 32 hexadecimal digits");
    }

    @Test
    void sentimentComesAsColumns() {
        JsonNode series = api.post("{sentiment(symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to:"
                        + " \"2022-01-02T00:00:00Z\") {version slot bucketSeconds time sentiment articles}}")
                .at("/data/sentiment/0");

        assertThat(series.path("slot").asText()).isEqualTo("CURRENT");
        assertThat(series.path("sentiment").toString()).isEqualTo("[-0.25]");
        assertThat(series.path("articles").toString()).isEqualTo("[7]");
    }

    @Test
    void whatBecomesKnownOfArticlesArrivesOnAWebSocket() {
        Api.Socket socket = api.connect(null);
        socket.subscribe("subscription {articleChanged(symbol: \"BTCUSDT\") {articleId kind article {title} title"
                + " scores {version} reaction {percent}}}");
        awaitSubscriptions(1);

        api.queries
                .queryUpdateEmitter()
                .emit(
                        FollowArticles.class,
                        query -> query.symbol().equals(SYMBOL),
                        new ArticleChange(
                                ARTICLE.articleId(),
                                ArticleChange.Kind.DISCOVERED,
                                Optional.of(ARTICLE),
                                Optional.empty(),
                                List.of(),
                                Optional.empty()));

        JsonNode change = socket.next("next").at("/data/articleChanged");
        assertThat(change.path("kind").asText()).isEqualTo("DISCOVERED");
        assertThat(change.at("/article/title").asText()).isEqualTo("Bitcoin rises");
        assertThat(change.path("reaction").isNull()).isTrue();
        socket.socket().abort();
        awaitSubscriptions(0);
    }

    @Test
    void aRefusalNamesCodeFieldValueAndWhatWasExpected() {
        assertRefused(
                "{candles(symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\","
                        + " maxPoints: 5001) {time}}",
                "OUT_OF_RANGE",
                "maxPoints",
                "5001",
                "1 to 5000");
        assertRefused(
                "{market(symbol: \"btc usdt\") {symbol}}",
                "BAD_SYMBOL",
                "symbol",
                "'btc usdt' (with b, t, c, U+0020, u, s, d)",
                "2 to 20 capitals A to Z, digits, or letters of a script without upper and lower case, like BTCUSDT");
        assertRefused(
                "{modelVersion(version: \"lightgbm:BTCUSDT:x\") {id}}",
                "BAD_VERSION",
                "version",
                "'lightgbm:BTCUSDT:x'",
                "family:SYMBOL:number, like lightgbm:BTCUSDT:3");
    }

    private static void assertRefused(String query, String code, String field, String value, String expected) {
        JsonNode error = api.post(query).at("/errors/0");
        assertThat(error.at("/extensions/code").asText()).as("%s", error).isEqualTo(code);
        assertThat(error.at("/extensions/field").asText()).isEqualTo(field);
        assertThat(error.at("/extensions/value").asText()).isEqualTo(value);
        assertThat(error.at("/extensions/expected").asText()).isEqualTo(expected);
        assertThat(error.path("message").asText()).contains(value, expected);
    }

    @Test
    void aBadTimeSaysWhatATimeLooksLike() {
        JsonNode answer =
                api.post("{candles(symbol: \"BTCUSDT\", from: \"yesterday\", to: \"2022-01-02T00:00:00Z\") {time}}");

        assertThat(answer.at("/errors/0/message").asText()).contains("yesterday", "2022-01-31T12:34:00Z");
    }

    @Test
    void aFailureTellsNothingButTheIdUnderWhichTheLogHasIt() {
        JsonNode answer = api.post("{gaps(symbol: \"BROKEN\") {pageInfo {hasNextPage}}}");

        assertThat(answer.toString()).doesNotContain("secret", "Exception", "io.hindcast");
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("INTERNAL");
        assertThat(answer.at("/errors/0/message").asText())
                .contains(answer.at("/errors/0/extensions/execution").asText());
    }

    @Test
    void aPartThatIsNotHereIsSaidToBeAway() {
        assertThat(api.post("{models(symbol: \"BTCUSDT\") {id}}")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    void whatNestsTooDeepIsRefusedBeforeItRuns() {
        String deep = "name";
        for (int i = 0; i < 19; i++) {
            deep = "ofType {" + deep + "}";
        }
        assertRefused(
                "{__type(name: \"Query\") {" + deep + "}}",
                "TOO_DEEP",
                "depth of the introspection",
                "21",
                "at most 20");
    }

    @Test
    void whatAsksForTooMuchIsRefusedBeforeItRuns() {
        asked.set(null);
        StringBuilder query = new StringBuilder("{");
        for (int i = 0; i < 60; i++) {
            query.append("c")
                    .append(i)
                    .append(
                            ": candles(symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\") {time}");
        }
        JsonNode error = api.post(query + "}").at("/errors/0/extensions");

        assertThat(error.path("code").asText()).isEqualTo("TOO_COMPLEX");
        assertThat(error.path("expected").asText()).isEqualTo("at most 1000");
        assertThat(asked.get()).isNull();
        assertThat(api.post("{predictions(symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to:"
                                + " \"2022-01-02T00:00:00Z\", first: 100000) {edges {node {version}}}}")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("TOO_COMPLEX");
    }

    @Test
    void requestedTrainingIsSentAsOneCommandAndASecondIsRefused() {
        String mutation =
                "mutation {requestTraining(symbol: \"BTCUSDT\") {number state reason dataFrom dataTo runs {id}}}";
        JsonNode cycle = api.post(mutation).at("/data/requestTraining");

        assertThat(cycle.path("number").asInt()).isEqualTo(1);
        assertThat(cycle.path("state").asText()).isEqualTo("RUNNING");
        assertThat(cycle.path("reason").asText()).isEqualTo("requested");
        assertThat(cycle.path("dataFrom").asText()).isEqualTo(FIRST.toString());
        assertThat(cycle.path("dataTo").asText()).isEqualTo(LAST.toString());
        assertThat(ordered.get()).isEqualTo(new RetrainSymbol(SYMBOL, Api.NOW));
        assertThat(api.post(mutation).at("/errors/0/extensions/code").asText()).isEqualTo("CYCLE_RUNNING");
        assertThat(api.post("mutation {requestTraining(symbol: \"NOSUCH\") {number}}")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("UNKNOWN_SYMBOL");
    }

    @Test
    void candlesArriveOnAWebSocketAsTheyAreRecorded() {
        Api.Socket socket = api.connect("http://" + api.host());
        socket.subscribe(
                "subscription {candleRecorded(symbol: \"BTCUSDT\") {revision knownAt candle {openTime close}}}");
        awaitSubscriptions(1);

        for (int minute = 0; minute < 300; minute++) {
            emit(minute);
        }

        for (int minute = 0; minute < 300; minute++) {
            JsonNode candle = socket.next("next").at("/data/candleRecorded");
            assertThat(candle.at("/candle/openTime").asText())
                    .isEqualTo(FIRST.plusSeconds(60L * minute).toString());
            assertThat(candle.at("/candle/close").asText()).isEqualTo("40000.5");
        }
        socket.send("{\"id\":\"1\",\"type\":\"complete\"}");
        awaitSubscriptions(0);
        socket.socket().abort();
    }

    private static void emit(int minute) {
        BigDecimal price = new BigDecimal("40000.50");
        Candle candle = new Candle(
                FIRST.plusSeconds(60L * minute),
                price,
                price,
                price,
                price,
                BigDecimal.ONE,
                price,
                1,
                BigDecimal.ZERO,
                BigDecimal.ZERO);
        api.queries
                .queryUpdateEmitter()
                .emit(
                        FollowCandles.class,
                        query -> query.symbol().equals(SYMBOL),
                        new LiveCandle(SYMBOL, candle, 0, FIRST));
    }

    private static void awaitSubscriptions(int count) {
        await().until(() ->
                api.queries.queryUpdateEmitter().activeSubscriptions().size() == count);
    }

    @Test
    void aSubscriptionTooManyIsRefused() {
        Api.Socket[] sockets = new Api.Socket[4];
        for (int i = 0; i < 3; i++) {
            sockets[i] = api.connect(null);
            sockets[i].subscribe("subscription {candleRecorded(symbol: \"BTCUSDT\") {revision}}");
            awaitSubscriptions(i + 1);
        }
        sockets[3] = api.connect(null);
        sockets[3].subscribe("subscription {candleRecorded(symbol: \"BTCUSDT\") {revision}}");

        assertThat(sockets[3].next("error").at("/0/extensions/code").asText()).isEqualTo("TOO_MANY_SUBSCRIPTIONS");
        for (Api.Socket socket : sockets) {
            socket.socket().abort();
        }
        awaitSubscriptions(0);
    }

    @Test
    void aBadSymbolIsRefusedOnTheWebSocketToo() {
        Api.Socket socket = api.connect(null);
        socket.subscribe("subscription {candleRecorded(symbol: \"no\\nsymbol\") {revision}}");

        JsonNode error = socket.next("error");
        assertThat(error.at("/0/extensions/code").asText()).as("%s", error).isEqualTo("BAD_SYMBOL");
        socket.socket().abort();
    }

    @Test
    void aPageFromElsewhereCannotOpenTheWebSocket() {
        assertThatThrownBy(() -> api.connect("https://evil.example"))
                .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class)
                .hasRootCauseMessage("Unexpected HTTP response status code 403");
    }
}
