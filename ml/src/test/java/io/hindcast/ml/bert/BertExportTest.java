package io.hindcast.ml.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.hindcast.ml.score.OnnxEngine;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BertExportTest {

    private static final int MAX_TOKENS = 24;

    @SuppressWarnings("ArrayRecordComponent") // models and what they say
    private record Exports(byte[] floats, byte[] int8, float[] probabilities) {}

    private static Exports exports(List<int[]> texts) {
        try (NDManager manager = Torch.manager("cpu")) {
            BertNetwork network = Fixtures.checkpoint(".", new Weights(manager)).network();
            return new Exports(
                    BertExport.toOnnx(network.shape(), network.weights(), MAX_TOKENS, Map.of("symbol", "BTCUSDT")),
                    BertExport.toInt8Onnx(network.shape(), network.weights(), MAX_TOKENS, Map.of()),
                    network.probabilities(texts));
        }
    }

    private static double[] rows(List<int[]> texts) {
        double[] rows = new double[texts.size() * MAX_TOKENS];
        for (int row = 0; row < texts.size(); row++) {
            for (int i = 0; i < texts.get(row).length; i++) {
                rows[row * MAX_TOKENS + i] = texts.get(row)[i];
            }
        }
        return rows;
    }

    private static double[] scored(byte[] onnx, double[] rows) {
        try (Scorer scorer = OnnxEngine.ONNX_RUNTIME.open(new byte[0], onnx)) {
            assertThat(scorer.inputs()).isEqualTo(MAX_TOKENS);
            double[] out = new double[rows.length / MAX_TOKENS * 3];
            scorer.score(rows, rows.length / MAX_TOKENS, out);
            return out;
        }
    }

    /** Returns texts of random tokens and lengths. */
    private static List<int[]> texts(int count) {
        SplittableRandom random = new SplittableRandom(11);
        List<int[]> texts = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            int[] text = random.ints(random.nextInt(2, MAX_TOKENS + 1), 5, 154).toArray();
            text[0] = 2;
            text[text.length - 1] = 3;
            texts.add(text);
        }
        return texts;
    }

    @Test
    void theExportMatchesNetworkAndReference() {
        List<int[]> texts = Fixtures.tokens();
        Exports exports = exports(texts);
        double[] scored = scored(exports.floats(), rows(texts));
        float[] reference = Fixtures.logits("logits");
        for (int row = 0; row < texts.size(); row++) {
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                sum += StrictMath.exp(reference[row * 3 + c]);
            }
            for (int c = 0; c < 3; c++) {
                int i = row * 3 + c;
                assertThat(scored[i]).isCloseTo(exports.probabilities()[i], Offset.offset(1e-6));
                assertThat(scored[i]).isCloseTo(StrictMath.exp(reference[i]) / sum, Offset.offset(1e-5));
            }
        }
    }

    @Test
    void theInt8ExportAgreesWithFloatsRowByRow() {
        List<int[]> texts = texts(300);
        Exports exports = exports(texts);
        double[] rows = rows(texts);
        try (Scorer floats = OnnxEngine.ONNX_RUNTIME.open(new byte[0], exports.floats());
                Scorer int8 = OnnxEngine.ONNX_RUNTIME.open(new byte[0], exports.int8())) {
            Int8Agreement agreement = Int8Agreement.of(floats, int8, rows, texts.size());
            assertThat(agreement.accepted()).as("%s", agreement).isTrue();
            assertThat(agreement.worst()).isBetween(1e-5, 0.05);
        }
        assertThat(exports.int8().length).isLessThan(exports.floats().length * 2 / 3);
        double[] together = scored(exports.int8(), rows);
        for (int row = 0; row < 20; row++) {
            assertThat(scored(exports.int8(), Arrays.copyOfRange(rows, row * MAX_TOKENS, (row + 1) * MAX_TOKENS)))
                    .isEqualTo(Arrays.copyOfRange(together, row * 3, row * 3 + 3));
        }
    }

    @Test
    void rejectsAnInt8ModelThatDisagrees() {
        List<int[]> texts = texts(300);
        byte[] floats = exports(texts).floats();
        try (NDManager manager = Torch.manager("cpu");
                Scorer full = OnnxEngine.ONNX_RUNTIME.open(new byte[0], floats)) {
            BertNetwork network = Fixtures.checkpoint(".", new Weights(manager)).network();
            float[] bias = network.weights().values("classifier.bias").numbers();
            bias[0] += 3;
            network.weights().get("classifier.bias").set(bias);
            byte[] other = BertExport.toInt8Onnx(network.shape(), network.weights(), MAX_TOKENS, Map.of());
            try (Scorer changed = OnnxEngine.ONNX_RUNTIME.open(new byte[0], other)) {
                Int8Agreement agreement = Int8Agreement.of(full, changed, rows(texts), texts.size());
                assertThat(agreement.share()).isLessThan(Int8Agreement.LEAST);
                assertThat(agreement.accepted()).isFalse();
            }
        }
        assertThat(new Int8Agreement(0, 0, 0).accepted()).isFalse();
        assertThat(new Int8Agreement(100, 99, 0).accepted()).isTrue();
        assertThat(new Int8Agreement(100, 98, 0).accepted()).isFalse();
    }

    @Test
    void rejectsRowsLongerThanThePositions() {
        try (NDManager manager = Torch.manager("cpu")) {
            BertNetwork network = Fixtures.checkpoint(".", new Weights(manager)).network();
            assertThatThrownBy(() -> BertExport.toOnnx(network.shape(), network.weights(), 33, Map.of()))
                    .hasMessageContaining("33 tokens, expected 32");
        }
    }
}
