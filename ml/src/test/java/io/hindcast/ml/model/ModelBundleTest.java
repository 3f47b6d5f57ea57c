package io.hindcast.ml.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.Trained;
import io.hindcast.ml.dataset.WalkForward;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScorerEngine;
import io.hindcast.ml.train.LightGbmTrainer;
import io.hindcast.ml.train.TrainingControl;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelBundleTest {

    private static final ModelBundle BUNDLE = Trained.MODEL.bundle(Trained.POSITION);
    private static final byte[] BYTES = BUNDLE.toBytes();

    @Test
    void whatWasWrittenIsWhatIsRead() {
        ModelBundle read = ModelBundle.read(BYTES);
        assertThat(read.family()).isEqualTo(ModelFamily.LIGHTGBM);
        assertThat(read.features()).isEqualTo(FeatureSet.priceV1().ref());
        assertThat(read.label()).isEqualTo(BUNDLE.label());
        assertThat(read.scorer()).isEqualTo(ScorerEngine.LIGHTGBM_DEFAULT.spec());
        assertThat(read.provenance()).isEqualTo(BUNDLE.provenance());
        assertThat(read.evaluation()).isEqualTo(BUNDLE.evaluation());
        assertThat(read.nativeModel()).isEqualTo(BUNDLE.nativeModel());
        assertThat(read.onnx()).isEqualTo(BUNDLE.onnx());
        assertThat(read.golden().features()).isEqualTo(BUNDLE.golden().features());
        assertThat(read.golden().probabilities()).isEqualTo(BUNDLE.golden().probabilities());
        assertThat(read.toBytes()).isEqualTo(BYTES);
    }

    @Test
    void goldenRowsIncludeMissingValues() {
        assertThat(BUNDLE.golden().rows()).isEqualTo(64);
        assertThat(BUNDLE.golden().features()).contains(Double.NaN);
    }

    @ParameterizedTest
    @EnumSource
    void anyEngineSaysOfTheGoldenRowsWhatTheTrainerSaid(ScorerEngine engine) {
        ModelBundle other = withScorer(engine.spec());
        try (Scorer scorer = ModelBundle.read(other.toBytes()).openScorer()) {
            assertThat(scorer.spec()).isEqualTo(engine.spec());
            other.checkGolden(scorer);
        }
    }

    @Test
    void anotherModelDoesNotPassTheGoldenRows() {
        ModelBundle another = new LightGbmTrainer()
                .train(
                        Trained.DATASET,
                        Trained.PARAMETERS.withSplit(new WalkForward(0.3, 0.2, 0)),
                        7,
                        TrainingControl.NONE)
                .bundle(Trained.POSITION);
        try (Scorer scorer = another.openScorer()) {
            assertThatThrownBy(() -> BUNDLE.checkGolden(scorer))
                    .isInstanceOf(GoldenMismatchException.class)
                    .hasMessageContaining("golden row 0")
                    .hasMessageContaining("flat-trees");
        }
    }

    @Test
    void anyFlippedByteIsNoticed() {
        for (int i = 1; i < 200; i++) {
            byte[] damaged = BYTES.clone();
            int at = (int) ((long) BYTES.length * i / 200);
            damaged[at] ^= 0x10;
            assertDamageIsNoticed(damaged, "byte " + at);
        }
    }

    @Test
    void anyCutIsNoticed() {
        for (int i = 0; i < 50; i++) {
            byte[] cut = Arrays.copyOf(BYTES, (int) ((long) BYTES.length * i / 50));
            assertThatThrownBy(() -> ModelBundle.read(cut))
                    .as("cut after %s of %s", cut.length, BYTES.length)
                    .isInstanceOf(CorruptBundleException.class);
        }
    }

    @Test
    void whatIsNoBundleSaysWhatWasExpected() {
        assertThatThrownBy(() -> ModelBundle.read("hello".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CorruptBundleException.class)
                .hasMessageContaining("expected a zip archive");
        assertThatThrownBy(() -> withScorer(new ScorerSpec("abacus", "1")).openScorer())
                .isInstanceOf(CorruptBundleException.class)
                .hasMessageContaining("abacus");
        ModelBundle notATree = new ModelBundle(
                BUNDLE.family(),
                BUNDLE.scorer(),
                BUNDLE.provenance(),
                BUNDLE.evaluation(),
                "tree".getBytes(StandardCharsets.UTF_8),
                BUNDLE.onnx(),
                BUNDLE.golden());
        assertThatThrownBy(notATree::openScorer)
                .isInstanceOf(CorruptBundleException.class)
                .hasMessageContaining("num_class");
    }

    /** Damage lies in a part, which its digest shows, or in what holds the parts together; that of the directory at the end is harmless. */
    private static void assertDamageIsNoticed(byte[] damaged, String where) {
        try {
            ModelBundle read = ModelBundle.read(damaged);
            assertThat(read.toBytes()).as(where).isEqualTo(BYTES);
        } catch (CorruptBundleException e) {
            assertThat(e.getMessage()).as(where).isNotBlank();
        }
    }

    private static ModelBundle withScorer(ScorerSpec scorer) {
        return new ModelBundle(
                BUNDLE.family(),
                scorer,
                BUNDLE.provenance(),
                BUNDLE.evaluation(),
                BUNDLE.nativeModel(),
                BUNDLE.onnx(),
                BUNDLE.golden());
    }
}
