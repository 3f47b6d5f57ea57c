package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.news.ArticleChange;
import io.hindcast.api.news.FollowArticles;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Subscriptions over WebSocket. */
class WebSocketTest {

    private static final TestAnswers ANSWERS = new TestAnswers();

    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi("hindcast.graphql.max-subscriptions=3");
        var _ = new AnnotationQueryHandlerAdapter<>(ANSWERS).subscribe(api.queries);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void sendsArticleChanges() {
        TestApi.Socket socket = api.connect(null);
        socket.subscribe("subscription {articleChanged(symbol: \"BTCUSDT\") {articleId kind article {title} title"
                + " scores {version} reaction {percent}}}");
        api.awaitSubscriptions(1);

        api.queries
                .queryUpdateEmitter()
                .emit(
                        FollowArticles.class,
                        query -> query.symbol().equals(TestAnswers.SYMBOL),
                        new ArticleChange(
                                TestAnswers.ARTICLE.articleId(),
                                ArticleChange.Kind.DISCOVERED,
                                Optional.of(TestAnswers.ARTICLE),
                                Optional.empty(),
                                List.of(),
                                Optional.empty()));

        JsonNode change = socket.next("next").at("/data/articleChanged");
        assertThat(change.path("kind").asText()).isEqualTo("DISCOVERED");
        assertThat(change.at("/article/title").asText()).isEqualTo("Bitcoin rises");
        assertThat(change.path("reaction").isNull()).isTrue();
        socket.socket().abort();
        api.awaitSubscriptions(0);
    }

    @Test
    void sendsCandlesInOrder() {
        TestApi.Socket socket = api.connect("http://" + api.host());
        socket.subscribe(
                "subscription {candleRecorded(symbol: \"BTCUSDT\") {revision knownAt candle {openTime close}}}");
        api.awaitSubscriptions(1);

        for (int minute = 0; minute < 300; minute++) {
            api.emitCandle(TestAnswers.FIRST.plusSeconds(60L * minute), 0);
        }

        for (int minute = 0; minute < 300; minute++) {
            JsonNode candle = socket.next("next").at("/data/candleRecorded");
            assertThat(candle.at("/candle/openTime").asText())
                    .isEqualTo(TestAnswers.FIRST.plusSeconds(60L * minute).toString());
            assertThat(candle.at("/candle/close").asText()).isEqualTo("40000.5");
        }
        socket.send("{\"id\":\"1\",\"type\":\"complete\"}");
        api.awaitSubscriptions(0);
        socket.socket().abort();
    }

    @Test
    void refusesASubscriptionBeyondTheLimit() {
        TestApi.Socket[] sockets = new TestApi.Socket[4];
        for (int i = 0; i < 3; i++) {
            sockets[i] = api.connect(null);
            sockets[i].subscribe("subscription {candleRecorded(symbol: \"BTCUSDT\") {revision}}");
            api.awaitSubscriptions(i + 1);
        }
        sockets[3] = api.connect(null);
        sockets[3].subscribe("subscription {candleRecorded(symbol: \"BTCUSDT\") {revision}}");

        assertThat(sockets[3].next("error").at("/0/extensions/code").asText()).isEqualTo("TOO_MANY_SUBSCRIPTIONS");
        for (TestApi.Socket socket : sockets) {
            socket.socket().abort();
        }
        api.awaitSubscriptions(0);
    }

    @Test
    void refusesAMalformedSymbol() {
        TestApi.Socket socket = api.connect(null);
        socket.subscribe("subscription {candleRecorded(symbol: \"no\\nsymbol\") {revision}}");

        JsonNode error = socket.next("error");
        assertThat(error.at("/0/extensions/code").asText()).as("%s", error).isEqualTo("BAD_SYMBOL");
        socket.socket().abort();
    }

    @Test
    void refusesConnectionsFromOtherOrigins() {
        assertThatThrownBy(() -> api.connect("https://evil.example"))
                .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class)
                .hasRootCauseMessage("Unexpected HTTP response status code 403");
    }
}
