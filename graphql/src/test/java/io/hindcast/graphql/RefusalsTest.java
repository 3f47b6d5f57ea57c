package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Refusals and failures over HTTP. */
class RefusalsTest {

    private static final TestAnswers ANSWERS = new TestAnswers();

    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi();
        var _ = new AnnotationQueryHandlerAdapter<>(ANSWERS).subscribe(api.queries);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void refusalNamesCodeFieldValueAndExpectation() {
        api.assertRefused(
                "{candles(symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to: \"2022-01-02T00:00:00Z\","
                        + " maxPoints: 5001) {time}}",
                "OUT_OF_RANGE",
                "maxPoints",
                "5001",
                "1 to 5000");
        api.assertRefused(
                "{market(symbol: \"btc usdt\") {symbol}}",
                "BAD_SYMBOL",
                "symbol",
                "'btc usdt' (with b, t, c, U+0020, u, s, d)",
                "2 to 20 capitals A to Z, digits, or letters of a script without upper and lower case, like BTCUSDT");
        api.assertRefused(
                "{modelVersion(version: \"lightgbm:BTCUSDT:x\") {id}}",
                "BAD_VERSION",
                "version",
                "'lightgbm:BTCUSDT:x'",
                "family:SYMBOL:number, like lightgbm:BTCUSDT:3");
    }

    @Test
    void refusalOfATimeShowsAnExample() {
        JsonNode answer =
                api.post("{candles(symbol: \"BTCUSDT\", from: \"yesterday\", to: \"2022-01-02T00:00:00Z\") {time}}");

        assertThat(answer.at("/errors/0/message").asText()).contains("yesterday", "2022-01-31T12:34:00Z");
    }

    @Test
    void failureRevealsOnlyItsIdInTheLog() {
        JsonNode answer = api.post("{gaps(symbol: \"BROKEN\") {pageInfo {hasNextPage}}}");

        assertThat(answer.toString()).doesNotContain("secret", "Exception", "io.hindcast");
        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("INTERNAL");
        assertThat(answer.at("/errors/0/message").asText())
                .contains(answer.at("/errors/0/extensions/execution").asText());
    }

    @Test
    void reportsAMissingQueryHandlerAsUnavailable() {
        assertThat(api.post("{models(symbol: \"BTCUSDT\") {id}}")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    void refusesTooDeepIntrospection() {
        String deep = "name";
        for (int i = 0; i < 19; i++) {
            deep = "ofType {" + deep + "}";
        }
        api.assertRefused(
                "{__type(name: \"Query\") {" + deep + "}}",
                "TOO_DEEP",
                "depth of the introspection",
                "21",
                "at most 20");
    }

    @Test
    void refusesTooComplexQueriesBeforeTheyRun() {
        ANSWERS.asked.set(null);
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
        assertThat(ANSWERS.asked.get()).isNull();
        assertThat(api.post("{predictions(symbol: \"BTCUSDT\", from: \"2022-01-01T00:00:00Z\", to:"
                                + " \"2022-01-02T00:00:00Z\", first: 100000) {edges {node {version}}}}")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("TOO_COMPLEX");
    }
}
