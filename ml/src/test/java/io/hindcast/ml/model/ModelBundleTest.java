package io.hindcast.ml.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.Trained;
import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.lightgbm.LightGbmEngine;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScorerEngine;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.train.EvaluationSettings;
import io.hindcast.ml.train.TrainingControl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ModelBundleTest {

    private static final ModelBundle BUNDLE = Trained.MODEL.bundle(Trained.POSITION);
    private static final byte[] BYTES = BUNDLE.toBytes();

    @Test
    void readsBackWhatWasWritten() {
        ModelBundle read = ModelBundle.read(BYTES);
        assertThat(read.family()).isEqualTo(ModelFamily.LIGHTGBM);
        assertThat(read.rows()).isEqualTo(RowSpec.ofBars(FeatureSet.priceV1().ref(), 1));
        assertThat(read.label()).isEqualTo(BUNDLE.label());
        assertThat(read.scorer()).isEqualTo(LightGbmEngine.DEFAULT.spec());
        assertThat(read.provenance()).isEqualTo(BUNDLE.provenance());
        assertThat(read.evaluation()).isEqualTo(BUNDLE.evaluation());
        assertThat(read.nativeModel()).isEqualTo(BUNDLE.nativeModel());
        assertThat(read.onnx()).isEqualTo(BUNDLE.onnx());
        assertThat(read.golden().inputs()).isEqualTo(BUNDLE.golden().inputs());
        assertThat(read.golden().probabilities()).isEqualTo(BUNDLE.golden().probabilities());
        assertThat(read.toBytes()).isEqualTo(BYTES);
    }

    @Test
    void storesAdditionalPartsOfAFamily() {
        ModelBundle rich = new ModelBundle(
                BUNDLE.family(),
                BUNDLE.scorer(),
                RowSpec.ofText(new FeatureSetRef("text-v1", "00"), Map.of("maxTokens", "8")),
                BUNDLE.provenance(),
                BUNDLE.evaluation(),
                Map.of(
                        ModelBundle.NATIVE,
                        BUNDLE.nativeModel(),
                        ModelBundle.ONNX,
                        BUNDLE.onnx(),
                        "vocab.txt",
                        "[PAD]".getBytes(StandardCharsets.UTF_8)),
                BUNDLE.golden());
        ModelBundle read = ModelBundle.read(rich.toBytes());
        assertThat(read.part("vocab.txt")).asString(StandardCharsets.UTF_8).isEqualTo("[PAD]");
        assertThat(read.rows()).isEqualTo(rich.rows());
        assertThat(read.partNames()).containsExactly("model.native", "model.onnx", "vocab.txt");
        assertThatThrownBy(() -> read.part("adapter_config.json"))
                .isInstanceOf(CorruptBundleException.class)
                .hasMessageContaining("adapter_config.json");
    }

    @Test
    void storesTheLearningCurves() {
        List<String> lines = new String(BUNDLE.part(ModelBundle.LEARNING), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines.getFirst()).isEqualTo("round,validation loss");
        assertThat(lines.get(1))
                .isEqualTo("1," + Trained.MODEL.validationLosses().getFirst());
        assertThat(lines).hasSize(Trained.MODEL.history().size() + 1);
    }

    @Test
    void readsBundlesOfTheFirstFormat() throws IOException {
        Map<String, byte[]> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(BYTES))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), zip.readAllBytes());
            }
        }
        ObjectNode manifest = (ObjectNode) HindcastJson.mapper().readTree(parts.get("manifest.json"));
        manifest.put("format", 1).remove("rows");
        ((ObjectNode) manifest.get("parts")).remove(ModelBundle.LEARNING);
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(old)) {
            zip.setMethod(ZipOutputStream.STORED);
            parts.remove(ModelBundle.LEARNING);
            parts.put("manifest.json", HindcastJson.mapper().writeValueAsBytes(manifest));
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(part.getValue());
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setSize(part.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(part.getValue());
            }
        }
        ModelBundle read = ModelBundle.read(old.toByteArray());
        assertThat(read.rows()).isEqualTo(RowSpec.ofBars(BUNDLE.provenance().features(), 1));
        try (Scorer scorer = ScorerEngines.open(read)) {
            read.checkGolden(scorer);
        }
    }

    @Test
    void goldenRowsIncludeMissingValues() {
        assertThat(BUNDLE.golden().rows()).isEqualTo(64);
        assertThat(BUNDLE.golden().inputs()).contains(Double.NaN);
    }

    @ParameterizedTest
    @FieldSource("io.hindcast.ml.serve.ScorerEngines#ALL")
    void everyEngineReproducesTheGoldenRows(ScorerEngine engine) {
        ModelBundle other = BUNDLE.withScorer(engine.spec());
        try (Scorer scorer = ScorerEngines.open(ModelBundle.read(other.toBytes()))) {
            assertThat(scorer.spec()).isEqualTo(engine.spec());
            other.checkGolden(scorer);
        }
    }

    @Test
    void anotherModelFailsTheGoldenRows() {
        ModelBundle another = new LightGbmTrainer()
                .train(
                        Trained.DATASET,
                        Trained.PARAMETERS.withEvaluation(
                                new EvaluationSettings(new ChronologicalSplitter(0.3, 0.2, 0), 0.001)),
                        7,
                        TrainingControl.NONE)
                .bundle(Trained.POSITION);
        try (Scorer scorer = ScorerEngines.open(another)) {
            assertThatThrownBy(() -> BUNDLE.checkGolden(scorer))
                    .isInstanceOf(GoldenMismatchException.class)
                    .hasMessageContaining("golden row 0")
                    .hasMessageContaining("flat-trees");
        }
    }

    @Test
    void detectsAnyFlippedByte() {
        for (int i = 1; i < 200; i++) {
            byte[] damaged = BYTES.clone();
            int at = (int) ((long) BYTES.length * i / 200);
            damaged[at] ^= 0x10;
            assertDamageIsNoticed(damaged, "byte " + at);
        }
    }

    @Test
    void detectsTruncatedBundle() {
        for (int i = 0; i < 50; i++) {
            byte[] cut = Arrays.copyOf(BYTES, (int) ((long) BYTES.length * i / 50));
            assertThatThrownBy(() -> ModelBundle.read(cut))
                    .as("cut after %s of %s", cut.length, BYTES.length)
                    .isInstanceOf(CorruptBundleException.class);
        }
    }

    @Test
    void rejectsBytesThatAreNoBundle() {
        assertThatThrownBy(() -> ModelBundle.read("hello".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(CorruptBundleException.class)
                .hasMessageContaining("expected a zip archive");
        assertThatThrownBy(() -> ScorerEngines.open(BUNDLE.withScorer(new ScorerSpec("abacus", "1"))))
                .isInstanceOf(CorruptBundleException.class)
                .hasMessageContaining("abacus");
        ModelBundle notATree = new ModelBundle(
                BUNDLE.family(),
                BUNDLE.scorer(),
                BUNDLE.rows(),
                BUNDLE.provenance(),
                BUNDLE.evaluation(),
                Map.of(ModelBundle.NATIVE, "tree".getBytes(StandardCharsets.UTF_8), ModelBundle.ONNX, BUNDLE.onnx()),
                BUNDLE.golden());
        assertThatThrownBy(() -> ScorerEngines.open(notATree))
                .isInstanceOf(CorruptBundleException.class)
                .hasMessageContaining("num_class");
    }

    /**
     * Asserts that damage is detected: in a part, by its digest, or in the archive's structure. Damage in the directory
     * at the end is harmless.
     */
    private static void assertDamageIsNoticed(byte[] damaged, String where) {
        try {
            ModelBundle read = ModelBundle.read(damaged);
            assertThat(read.toBytes()).as(where).isEqualTo(BYTES);
        } catch (CorruptBundleException e) {
            assertThat(e.getMessage()).as(where).isNotBlank();
        }
    }
}
