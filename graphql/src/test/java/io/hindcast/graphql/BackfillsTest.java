package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.BackfillView;
import io.hindcast.api.model.BackfillViews;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.FindBackfills;
import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionState;
import io.hindcast.api.training.TrainingCycleView.WallTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.Test;

/** The backfills of versions. */
class BackfillsTest {

    private static final Instant TRAINED = Instant.parse("2022-01-01T00:00:00Z");

    private static ModelVersionView version(int number) {
        return new ModelVersionView(
                VersionId.parse("trl:BTCUSDT:" + number),
                VersionState.REGISTERED,
                Optional.empty(),
                Optional.empty(),
                "BTCUSDT/1/trl/" + number,
                TRAINED,
                TRAINED.plus(Duration.ofDays(7)),
                false,
                new ScorerSpec("onnxruntime", "1"),
                new ArtifactRef("ab".repeat(32), 1234),
                new Provenance(
                        "cd".repeat(32),
                        new LogPosition("BTCUSDT:1m:2022-01-01", 0),
                        TRAINED,
                        TRAINED,
                        100,
                        10,
                        new FeatureSetRef("article-v1", "ef".repeat(32)),
                        LabelSpec.DEFAULT,
                        Provenance.sorted(Map.of()),
                        1,
                        Provenance.sorted(Map.of()),
                        "linux"),
                new Evaluation(6, 0, 0, 0, 1, 0, List.of(), 0, 0, 0, 0, List.of(), 1.1, Optional.empty()));
    }

    /** Public for Axon, which calls it by reflection. */
    public static final class Answers {

        @QueryHandler
        public MarketViews handle(FindMarkets query) {
            return new MarketViews(List.of(TestAnswers.market("BTCUSDT")));
        }

        @QueryHandler
        public ModelViews handle(FindModels query) {
            VersionId any = VersionId.parse("trl:BTCUSDT:1");
            return new ModelViews(
                    List.of(new ModelView(any.model(), Optional.empty(), List.of(version(2), version(1)))));
        }

        @QueryHandler
        public BackfillViews handle(FindBackfills query) {
            assertThat(query.versions()).extracting(VersionId::number).containsExactlyInAnyOrder(1, 2);
            return new BackfillViews(List.of(new BackfillView(
                    VersionId.parse("trl:BTCUSDT:2"),
                    BackfillView.State.RUNNING,
                    Optional.of("its lane missed 7 bars"),
                    TRAINED,
                    Optional.of(TRAINED),
                    Optional.of(TRAINED.minus(Duration.ofDays(184))),
                    Optional.of(TRAINED),
                    Optional.of(184),
                    17,
                    Optional.empty(),
                    Optional.empty(),
                    new WallTimes(TRAINED, Optional.of(TRAINED), Optional.empty()))));
        }
    }

    @Test
    void showsTheProgressOfEachVersionsBackfill() {
        try (TestApi api = new TestApi()) {
            var _ = new AnnotationQueryHandlerAdapter<>(new Answers()).subscribe(api.queries);
            JsonNode versions = api.post(
                            "{models(symbol: \"BTCUSDT\") {versions {backfill {state days daysDone reason from endedAt wall {begun ended}}}}}")
                    .at("/data/models/0/versions");
            assertThat(versions.at("/0/backfill/state").asText()).isEqualTo("RUNNING");
            assertThat(versions.at("/0/backfill/days").asInt()).isEqualTo(184);
            assertThat(versions.at("/0/backfill/daysDone").asInt()).isEqualTo(17);
            assertThat(versions.at("/0/backfill/reason").asText()).isEqualTo("its lane missed 7 bars");
            assertThat(versions.at("/0/backfill/endedAt").isNull()).isTrue();
            assertThat(versions.at("/0/backfill/wall/begun").asText()).isEqualTo(TRAINED.toString());
            assertThat(versions.at("/1/backfill").isNull()).isTrue();
        }
    }
}
