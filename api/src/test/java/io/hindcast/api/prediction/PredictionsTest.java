package io.hindcast.api.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionsTest {

    private static final VersionId V1 = VersionId.parse("lightgbm:BTCUSDT:1");
    private static final VersionId V2 = VersionId.parse("tst:BTCUSDT:1");
    private static final ScorerSpec TREES = new ScorerSpec("flat-trees", "1");
    private static final ScorerSpec ONNX = new ScorerSpec("onnx", "1");

    private static final Predictions ALL = new Predictions(
            List.of(V1, V2),
            List.of(TREES, ONNX),
            List.of(0, 1, 1),
            List.of(5, 5, 6),
            List.of(0, 0, 1),
            List.of(0.2, 0.3, 0.1),
            List.of(0.5, 0.3, 0.1),
            List.of(0.3, 0.4, 0.8));

    @Test
    void selectsRowsWithOnlyTheirVersions() {
        assertThat(ALL.select(List.of(1, 2)))
                .isEqualTo(new Predictions(
                        List.of(V2),
                        List.of(ONNX),
                        List.of(0, 0),
                        List.of(5, 6),
                        List.of(0, 1),
                        List.of(0.3, 0.1),
                        List.of(0.3, 0.1),
                        List.of(0.4, 0.8)));
        assertThat(ALL.select(List.of(0, 1, 2))).isEqualTo(ALL);
    }
}
