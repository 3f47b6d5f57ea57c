package io.hindcast.command;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Comparison;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.training.DatasetRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results of a training run for tests. */
public final class Training {

    public static final ScorerSpec TREES = new ScorerSpec("flat-trees", "1");

    public static final Provenance PROVENANCE = new Provenance(
            "d".repeat(64),
            new LogPosition("BTCUSDT:1m:2022-01-31", 1),
            Instant.parse("2022-01-01T00:00:00Z"),
            Instant.parse("2022-01-31T00:00:00Z"),
            1000,
            200,
            new FeatureSetRef("price-v1", "f".repeat(64)),
            LabelSpec.DEFAULT,
            new TreeMap<>(Map.of("leaves", "31")),
            42,
            new TreeMap<>(Map.of("lightgbm", "4.3.0")),
            "linux");

    /** Of signals that differ. */
    public static final Evaluation EVALUATION =
            evaluation(List.of(List.of(1, 0, 0), List.of(0, 1, 0), List.of(0, 0, 1)));

    /** Of a version that predicts HOLD for three rows of three outcomes. */
    public static final Evaluation DEGENERATE =
            evaluation(List.of(List.of(0, 1, 0), List.of(0, 1, 0), List.of(0, 1, 0)));

    public static final DatasetRef DATASET =
            new DatasetRef(artifact(77), PROVENANCE.datasetPosition(), 1000, 1100, 0, PROVENANCE.features());

    private Training() {}

    /** Returns the usual evaluation, compared with a version: worse by 0.01 at least if {@code worse}. */
    public static Evaluation compared(VersionId champion, boolean worse) {
        double lowerBound = worse ? 0.01 : -0.01;
        return EVALUATION.comparedBy(new Comparison(
                champion, 900, lowerBound + 0.002, 0.001, lowerBound, 0.01, Instant.EPOCH, Instant.EPOCH));
    }

    private static Evaluation evaluation(List<List<Integer>> confusion) {
        return new Evaluation(
                3,
                0.5,
                0.4,
                0.1,
                1.0,
                0.02,
                confusion,
                0.01,
                -0.02,
                7,
                0.001,
                List.of(new Evaluation.Baseline("majority-class", 0.4, 0.2, 0)),
                1.1,
                Optional.empty());
    }

    public static ArtifactRef artifact(int number) {
        return new ArtifactRef(String.format("%064x", number), 100 + number);
    }
}
