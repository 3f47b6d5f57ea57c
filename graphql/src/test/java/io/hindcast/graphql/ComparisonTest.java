package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.RefusedException;
import io.hindcast.api.comparison.BaselineScores;
import io.hindcast.api.comparison.ComparisonReport;
import io.hindcast.api.comparison.DisagreementPage;
import io.hindcast.api.comparison.Estimate;
import io.hindcast.api.comparison.FindComparison;
import io.hindcast.api.comparison.FindDisagreements;
import io.hindcast.api.comparison.FindRollingScores;
import io.hindcast.api.comparison.RollingScores;
import io.hindcast.api.comparison.Scores;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.ModelView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionState;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.prediction.Signal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The fields that compare versions. */
class ComparisonTest {

    private static final Instant FROM = Instant.parse("2022-02-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2022-03-01T00:00:00Z");
    private static final VersionId FIRST = VersionId.parse("lightgbm:BTCUSDT:1");
    private static final VersionId OTHER = VersionId.parse("lightgbm:BTCUSDT:2");
    private static final Scores SCORES = new Scores(500, 0.41, 0.39, 1.05, 0.62, 0.03);
    private static final AtomicReference<@Nullable Object> ASKED = new AtomicReference<>();

    private static TestApi api;

    /** Fixed answers; public for Axon, which calls it by reflection. */
    public static final class Answers {

        @QueryHandler
        public ModelViews handle(FindModels query) {
            return new ModelViews(List.of(new ModelView(
                    FIRST.model(),
                    Optional.empty(),
                    List.of(
                            RegistryTest.version(FIRST, VersionState.LIVE, Optional.empty()),
                            RegistryTest.version(OTHER, VersionState.LIVE, Optional.empty())))));
        }

        @QueryHandler
        public ComparisonReport handle(FindComparison query) {
            ASKED.set(query);
            if (query.feeRate() > 0.5) {
                throw RefusedException.of("NO_COMMON_BARS", "bars", 0, "2 or more");
            }
            return new ComparisonReport(
                    side(query.version(), query.kind()),
                    side(query.other(), query.otherKind()),
                    query.feeRate(),
                    Optional.of(new ComparisonReport.Agreement(
                            List.of(List.of(5L, 1L, 2L), List.of(3L, 7L, 4L), List.of(0L, 6L, 9L)), 10, 8, 7, 12)),
                    Optional.of(new ComparisonReport.ScoreDifference(
                            new Estimate(0.01, -0.02, 0.04),
                            new Estimate(-0.02, -0.03, -0.01),
                            new Estimate(0, -1, 1),
                            Optional.of(new ComparisonReport.Tests(true, 0.41, 0.02, 7)))),
                    new Estimate(0.1, 0.02, 0.2),
                    new ComparisonReport.Bootstrap(23, 1000, 1, 0.95));
        }

        private static ComparisonReport.Side side(VersionId version, PerformanceKind kind) {
            return new ComparisonReport.Side(
                    version,
                    kind,
                    FROM,
                    TO,
                    600,
                    SCORES,
                    new Estimate(0.41, 0.38, 0.44),
                    0.05,
                    new Estimate(-0.01, -0.1, 0.08),
                    30,
                    new BaselineScores(0.4, 0.19, 0.3, 0.28, 1.08, 0.65, -0.5, 0.02));
        }

        @QueryHandler
        public DisagreementPage handle(FindDisagreements query) {
            return new DisagreementPage(
                    List.of(new DisagreementPage.Disagreement(
                            FROM, Signal.BUY, 0.5, Signal.SELL, 0.4, Optional.of(Signal.BUY), Optional.empty())),
                    List.of("c1"),
                    true);
        }

        @QueryHandler
        public RollingScores handle(FindRollingScores query) {
            return new RollingScores(
                    query.version(),
                    query.days(),
                    query.feeRate(),
                    List.of(new RollingScores.Series(
                            PerformanceKind.IN_SAMPLE,
                            List.of(new RollingScores.Window(
                                    LocalDate.of(2022, 2, 1), SCORES, 0.4, 1.08, -0.01, 0.02)))));
        }
    }

    @BeforeAll
    static void start() {
        api = new TestApi();
        var _ = new AnnotationQueryHandlerAdapter<>(new TestAnswers()).subscribe(api.queries);
        var _ = new AnnotationQueryHandlerAdapter<>(new Answers()).subscribe(api.queries);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String of(String more) {
        return "of: {version: \"" + FIRST + "\", other: \"" + OTHER + "\", from: \"" + FROM + "\", to: \"" + TO + "\""
                + more + "}";
    }

    @Test
    void comparesWithDefaults() {
        JsonNode answer = api.post("{comparison(" + of("") + ") {first {version kind accuracy {value low high}"
                + " scores {brier} baselines {majorityAccuracy}} other {kind} agreement {signals same}"
                + " scores {accuracy {beyondChance} logLoss {beyondChance} tests {mcNemar lag}}"
                + " profit {value beyondChance} bootstrap {meanBlock}}}");

        JsonNode comparison = answer.at("/data/comparison");
        assertThat(comparison.at("/first/version").asText()).as("%s", answer).isEqualTo(FIRST.toString());
        assertThat(comparison.at("/first/baselines/majorityAccuracy").asDouble())
                .isEqualTo(0.4);
        assertThat(comparison.at("/agreement/signals/1/2").asLong()).isEqualTo(4);
        assertThat(comparison.at("/agreement/same").asLong()).isEqualTo(21);
        assertThat(comparison.at("/scores/accuracy/beyondChance").asBoolean()).isFalse();
        assertThat(comparison.at("/scores/logLoss/beyondChance").asBoolean()).isTrue();
        assertThat(comparison.at("/scores/tests/mcNemar").asDouble()).isEqualTo(0.41);
        assertThat(ASKED.get())
                .isEqualTo(new FindComparison(
                        FIRST,
                        OTHER,
                        FROM,
                        TO,
                        Optional.empty(),
                        PerformanceKind.LIVE,
                        PerformanceKind.LIVE,
                        0.001,
                        Optional.empty()));
    }

    @Test
    void passesKindsPeriodsAndMoments() {
        api.post("{comparison("
                + of(", otherFrom: \"" + TO + "\", kind: RECONCILED, otherKind: IN_SAMPLE")
                + ", asOf: \"" + TO + "\") {feeRate}}");

        assertThat(ASKED.get())
                .isEqualTo(new FindComparison(
                        FIRST,
                        OTHER,
                        FROM,
                        TO,
                        Optional.of(TO),
                        PerformanceKind.RECONCILED,
                        PerformanceKind.IN_SAMPLE,
                        0.001,
                        Optional.of(TO)));
    }

    @Test
    void listsDisagreementsAndWindows() {
        JsonNode answer = api.post("{disagreements(" + of("") + ", first: 1) {edges {cursor node {openTime signal other"
                + " outcome otherOutcome}} pageInfo {hasNextPage}} rollingScores(version: \"" + FIRST + "\", from: \""
                + FROM + "\", to: \"" + TO + "\", days: 7) {days series {kind windows {lastDay scores {macroF1}}}}}");

        assertThat(answer.at("/data/disagreements/edges/0/node/other").asText())
                .as("%s", answer)
                .isEqualTo("SELL");
        assertThat(answer.at("/data/disagreements/edges/0/node/otherOutcome").isNull())
                .isTrue();
        assertThat(answer.at("/data/rollingScores/series/0/windows/0/lastDay").asText())
                .isEqualTo("2022-02-01");
        assertThat(answer.at("/data/rollingScores/days").asInt()).isEqualTo(7);
    }

    @Test
    void refusesUnknownVersionsAndWhatTheQueryRefuses() {
        JsonNode unknown = api.post("{comparison(of: {version: \"lightgbm:BTCUSDT:9\", other: \"" + OTHER
                + "\", from: \"" + FROM + "\", to: \"" + TO + "\"}) {feeRate}}");
        assertThat(unknown.at("/errors/0/extensions/code").asText()).isEqualTo("UNKNOWN_VERSION");
        api.assertRefused(
                "{comparison(" + of(", feeRate: 0.9") + ") {feeRate}}", "NO_COMMON_BARS", "bars", "0", "2 or more");
    }
}
