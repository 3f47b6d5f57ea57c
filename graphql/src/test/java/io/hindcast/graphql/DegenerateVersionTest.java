package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.market.FindMarkets;
import io.hindcast.api.market.MarketViews;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.junit.jupiter.api.Test;

class DegenerateVersionTest {

    private static final Instant TRAINED = Instant.parse("2022-01-01T00:00:00Z");

    private static ModelVersionView version(int number, List<List<Integer>> confusion) {
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
                new Evaluation(6, 0, 0, 0, 1, 0, confusion, 0, 0, 0, 0, List.of(), 1.1, Optional.empty()));
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
            return new ModelViews(List.of(new ModelView(
                    any.model(),
                    Optional.empty(),
                    List.of(
                            version(2, List.of(List.of(2, 0, 0), List.of(0, 2, 0), List.of(0, 0, 2))),
                            version(1, List.of(List.of(0, 2, 0), List.of(0, 2, 0), List.of(0, 2, 0)))))));
        }
    }

    @Test
    void returnsTheSignalOfADegenerateVersion() {
        try (TestApi api = new TestApi()) {
            var _ = new AnnotationQueryHandlerAdapter<>(new Answers()).subscribe(api.queries);
            JsonNode versions = api.post("{models(symbol: \"BTCUSDT\") {versions {evaluation {degenerate}}}}")
                    .at("/data/models/0/versions");
            assertThat(versions.at("/0/evaluation/degenerate").isNull()).isTrue();
            assertThat(versions.at("/1/evaluation/degenerate").asText()).isEqualTo("HOLD");
        }
    }
}
