package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.model.ArchiveVersion;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.Comparison;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.FindModelEvents;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.FindPromotionPolicies;
import io.hindcast.api.model.FindSlots;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEventKind;
import io.hindcast.api.model.ModelEventPage;
import io.hindcast.api.model.ModelEventView;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.Pin;
import io.hindcast.api.model.PinModel;
import io.hindcast.api.model.PromoteVersion;
import io.hindcast.api.model.PromotionPolicies;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.RollBack;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.SlotView;
import io.hindcast.api.model.SlotViews;
import io.hindcast.api.model.UnpinModel;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry of models: what it answers, and the decisions that people make about versions. */
class RegistryTest {

    private static final Instant TRAINED = Instant.parse("2022-01-01T00:00:00Z");
    private static final VersionId SECOND = VersionId.parse("lightgbm:BTCUSDT:2");
    private static final VersionId THIRD = VersionId.parse("lightgbm:BTCUSDT:3");
    private static final Decisions DECISIONS = new Decisions();
    private static final Answers ANSWERS = new Answers();

    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi();
        var _ = new AnnotationQueryHandlerAdapter<>(ANSWERS).subscribe(api.queries);
        var _ = new AnnotationCommandHandlerAdapter<>(DECISIONS).subscribe(api.commands);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void forget() {
        DECISIONS.taken.clear();
    }

    static ModelVersionView version(VersionId id, VersionState state, Optional<String> reason) {
        Comparison comparison =
                new Comparison(SECOND, 5_000, 0.012, 0.002, 0.0087, 0.00001, TRAINED, TRAINED.plusSeconds(60));
        return new ModelVersionView(
                id,
                state,
                Optional.empty(),
                reason,
                "BTCUSDT/1/lightgbm/1",
                TRAINED,
                TRAINED.plus(Duration.ofDays(7)),
                false,
                new ScorerSpec("flat-trees", "1"),
                new ArtifactRef("ab".repeat(32), 1234),
                new Provenance(
                        "cd".repeat(32),
                        new LogPosition("BTCUSDT:1m:2022-01-01", 0),
                        TRAINED,
                        TRAINED,
                        100,
                        10,
                        new FeatureSetRef("price-v1", "ef".repeat(32)),
                        LabelSpec.DEFAULT,
                        Provenance.sorted(Map.of("num_leaves", "31")),
                        1,
                        Provenance.sorted(Map.of()),
                        "linux"),
                new Evaluation(6, 0, 0, 0, 1, 0, List.of(), 0, 0, 0, 0, List.of(), 1.1, Optional.of(comparison)));
    }

    /** Public for Axon, which calls it by reflection. */
    public static final class Answers {

        private Optional<Instant> asOf = Optional.empty();

        @QueryHandler
        public MarketViews handle(FindMarkets query) {
            return new MarketViews(List.of(TestAnswers.market("BTCUSDT")));
        }

        @QueryHandler
        public ModelViews handle(FindModels query) {
            return new ModelViews(List.of(new ModelView(
                    SECOND.model(),
                    Optional.of(new Pin(SECOND, new Attribution("local", "it is the best", TRAINED))),
                    List.of(
                            version(THIRD, VersionState.DECLINED, Optional.of("it is worse than version 2")),
                            version(SECOND, VersionState.LIVE, Optional.empty())))));
        }

        @QueryHandler
        public PromotionPolicies handle(FindPromotionPolicies query) {
            return new PromotionPolicies(Map.of(ModelFamily.LIGHTGBM, PromotionPolicy.GATED));
        }

        @QueryHandler
        public SlotViews handle(FindSlots query) {
            asOf = query.asOf();
            return new SlotViews(List.of(new SlotView(SECOND, Slot.CURRENT, TRAINED, Optional.empty())));
        }

        @QueryHandler
        public ModelEventPage handle(FindModelEvents query) {
            assertThat(query.version()).contains(THIRD);
            assertThat(query.family()).contains(ModelFamily.LIGHTGBM);
            return new ModelEventPage(
                    List.of(new ModelEventView(
                            THIRD,
                            ModelEventKind.ARCHIVED,
                            Optional.of("local"),
                            Optional.of("not needed"),
                            TRAINED,
                            TRAINED.plusSeconds(1))),
                    List.of("e1"),
                    true);
        }
    }

    /** Records the commands; refuses to archive the second version. Public for Axon, which calls it by reflection. */
    public static final class Decisions {

        private final List<Object> taken = new ArrayList<>();

        @CommandHandler
        public void handle(PromoteVersion command) {
            taken.add(command);
        }

        @CommandHandler
        public void handle(RollBack command) {
            taken.add(command);
        }

        @CommandHandler
        public void handle(PinModel command) {
            taken.add(command);
        }

        @CommandHandler
        public void handle(UnpinModel command) {
            taken.add(command);
        }

        @CommandHandler
        public void handle(ArchiveVersion command) {
            if (command.number() == SECOND.number()) {
                throw RefusedException.of("PINNED", "archiving of " + SECOND, "requested", "an unpinned model");
            }
            taken.add(command);
        }
    }

    @Test
    void showsPinPolicyAndTheGatesMeasurements() {
        JsonNode model = api.post("""
                {models(symbol: "BTCUSDT") {
                  pin {version by reason at}
                  promotionPolicy {mode constantMargin championMargin}
                  versions {state reason trainingRun provenance {parameters {name value}}
                    evaluation {constantLogLoss comparison {champion rows meanDifference standardError lowerBound pValue from to}}}
                }}
                """).at("/data/models/0");

        assertThat(model.at("/pin/version").asText()).isEqualTo("lightgbm:BTCUSDT:2");
        assertThat(model.at("/pin/by").asText()).isEqualTo("local");
        assertThat(model.at("/pin/reason").asText()).isEqualTo("it is the best");
        assertThat(model.at("/promotionPolicy/mode").asText()).isEqualTo("GATED");
        assertThat(model.at("/promotionPolicy/constantMargin").asDouble()).isEqualTo(0.02);
        JsonNode declined = model.at("/versions/0");
        assertThat(declined.at("/state").asText()).isEqualTo("DECLINED");
        assertThat(declined.at("/reason").asText()).isEqualTo("it is worse than version 2");
        assertThat(declined.at("/trainingRun").asText()).isEqualTo("BTCUSDT/1/lightgbm/1");
        assertThat(declined.at("/evaluation/constantLogLoss").asDouble()).isEqualTo(1.1);
        JsonNode comparison = declined.at("/evaluation/comparison");
        assertThat(comparison.at("/champion").asText()).isEqualTo("lightgbm:BTCUSDT:2");
        assertThat(comparison.at("/lowerBound").asDouble()).isEqualTo(0.0087);
        assertThat(comparison.at("/pValue").asDouble()).isEqualTo(0.00001);
        assertThat(comparison.at("/from").asText()).isEqualTo("2022-01-01T00:00:00Z");
    }

    @Test
    void answersTheSlotsOfAMomentAndOfNow() {
        JsonNode slot = api.post("""
                {slots(symbol: "BTCUSDT", asOf: "2022-01-01T12:00:00Z") {model family slot version from to}}
                """).at("/data/slots/0");

        assertThat(ANSWERS.asOf).contains(Instant.parse("2022-01-01T12:00:00Z"));
        assertThat(slot.at("/model").asText()).isEqualTo("lightgbm:BTCUSDT");
        assertThat(slot.at("/slot").asText()).isEqualTo("CURRENT");
        assertThat(slot.at("/version").asText()).isEqualTo("lightgbm:BTCUSDT:2");
        assertThat(slot.at("/to").isNull()).isTrue();

        api.post("{slots(symbol: \"BTCUSDT\") {version}}");
        assertThat(ANSWERS.asOf).isEmpty();
    }

    @Test
    void pagesThroughTheHistory() {
        JsonNode page = api.post("""
                {modelHistory(symbol: "BTCUSDT", family: LIGHTGBM, version: "lightgbm:BTCUSDT:3") {
                  edges {cursor node {version kind by reason at recordedAt}} pageInfo {endCursor hasNextPage}}}
                """).at("/data/modelHistory");

        assertThat(page.at("/edges/0/node/kind").asText()).isEqualTo("ARCHIVED");
        assertThat(page.at("/edges/0/node/by").asText()).isEqualTo("local");
        assertThat(page.at("/edges/0/node/reason").asText()).isEqualTo("not needed");
        assertThat(page.at("/pageInfo/endCursor").asText()).isEqualTo("e1");
        assertThat(page.at("/pageInfo/hasNextPage").asBoolean()).isTrue();
    }

    private static JsonNode decide(String mutation, String version, String reason) {
        return api.post(
                "mutation ($version: String!, $reason: String!) {answer: " + mutation
                        + "(version: $version, reason: $reason)}",
                Map.of("version", version, "reason", reason));
    }

    @Test
    void decisionsCarryPersonReasonAndMarketTime() {
        Attribution decision = new Attribution("local", "a test", TestApi.NOW);
        for (String mutation :
                List.of("promoteVersion", "rollBackVersion", "pinVersion", "unpinVersion", "archiveVersion")) {
            assertThat(decide(mutation, "lightgbm:BTCUSDT:3", "a test")
                            .at("/data/answer")
                            .asText())
                    .isEqualTo("lightgbm:BTCUSDT:3");
        }

        assertThat(DECISIONS.taken)
                .containsExactly(
                        new PromoteVersion(THIRD.model(), 3, decision),
                        new RollBack(THIRD.model(), 3, decision),
                        new PinModel(THIRD.model(), 3, decision),
                        new UnpinModel(THIRD.model(), 3, decision),
                        new ArchiveVersion(THIRD.model(), 3, decision));
    }

    @Test
    void returnsTheRefusalOfADecision() {
        JsonNode error =
                decide("archiveVersion", "lightgbm:BTCUSDT:2", "a test").at("/errors/0");

        assertThat(error.at("/extensions/code").asText()).isEqualTo("PINNED");
        assertThat(error.at("/message").asText()).contains("archiving of lightgbm:BTCUSDT:2", "an unpinned model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"promoteVersion", "rollBackVersion", "pinVersion", "unpinVersion", "archiveVersion"})
    void refusesDecisionsWithoutReasonOrAboutUnknownVersions(String mutation) {
        assertThat(decide(mutation, "lightgbm:BTCUSDT:3", " ")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("BAD_REASON");
        assertThat(decide(mutation, "lightgbm:BTCUSDT:9", "a test")
                        .at("/errors/0/extensions/code")
                        .asText())
                .isEqualTo("UNKNOWN_VERSION");
        assertThat(DECISIONS.taken).isEmpty();
    }
}
