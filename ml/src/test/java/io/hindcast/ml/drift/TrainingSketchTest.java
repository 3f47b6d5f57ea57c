package io.hindcast.ml.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.ml.Trained;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.model.ModelBundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The sketch that a training stores in its bundle. */
class TrainingSketchTest {

    private static final ModelBundle BUNDLE = Trained.MODEL.bundle(Trained.POSITION);

    @Test
    void isReadBackFromTheBundle() {
        TrainingSketch sketch =
                TrainingSketch.of(ModelBundle.read(BUNDLE.toBytes())).orElseThrow();
        assertThat(new ArrayList<>(sketch.features().keySet()))
                .containsExactlyInAnyOrderElementsOf(FeatureSet.priceV1().names());
        assertThat(sketch.features().values())
                .allMatch(one -> one.size() == Trained.MODEL.split().train().size());
        assertThat(sketch.predictions()).containsOnlyKeys("sell", "hold", "buy");
        assertThat(sketch.predictions().values())
                .allMatch(one -> one.size() == Trained.MODEL.split().test().size());
        assertThat(sketch.toBytes()).isEqualTo(BUNDLE.part(TrainingSketch.PART)).hasSizeLessThan(40_000);
    }

    @Test
    void sameTrainingMakesTheSameBytes() {
        assertThat(Trained.MODEL.bundle(Trained.POSITION).toBytes()).isEqualTo(BUNDLE.toBytes());
    }

    @Test
    void bundleWithoutASketchHasNone() {
        Map<String, byte[]> parts = new TreeMap<>();
        BUNDLE.partNames().stream()
                .filter(name -> !name.equals(TrainingSketch.PART))
                .forEach(name -> parts.put(name, BUNDLE.part(name)));
        ModelBundle older = new ModelBundle(
                BUNDLE.family(),
                BUNDLE.scorer(),
                BUNDLE.rows(),
                BUNDLE.provenance(),
                BUNDLE.evaluation(),
                parts,
                BUNDLE.golden());
        assertThat(TrainingSketch.of(ModelBundle.read(older.toBytes()))).isEmpty();
        assertThat(new String(BUNDLE.part(TrainingSketch.PART), StandardCharsets.UTF_8))
                .startsWith("{\"features\":{");
    }
}
