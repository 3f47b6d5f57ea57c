package io.hindcast.ml.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.ndarray.NDManager;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {

    private static final Offset<Float> ROUNDING = offset(1e-6f);

    @TempDir
    Path folder;

    /** Returns a copy of the fixtures' checkpoint with a changed configuration. */
    private Path changed(String from, String to) throws IOException {
        String config = Files.readString(Fixtures.FOLDER.resolve(BertConfig.FILE));
        assertThat(config).contains(from);
        Files.writeString(folder.resolve(BertConfig.FILE), config.replace(from, to));
        Files.copy(Fixtures.FOLDER.resolve(Checkpoint.SAFETENSORS), folder.resolve(Checkpoint.SAFETENSORS));
        return folder;
    }

    private static float[] probabilities(Path checkpoint) throws IOException {
        try (NDManager manager = Torch.manager("cpu")) {
            return Checkpoint.read(checkpoint, new Weights(manager), new SplittableRandom(1))
                    .network()
                    .probabilities(Fixtures.tokens());
        }
    }

    private static ThrowingCallable reading(Path checkpoint) {
        return () -> probabilities(checkpoint);
    }

    @Test
    void swappedClassNamesSwapBuyAndSell() throws IOException {
        float[] plain = probabilities(Fixtures.FOLDER);
        Path swapped = changed("\"0\": \"positive\",\n    \"1\": \"negative\"", "\"0\": \"SELL\",\n    \"1\": \"Buy\"");
        float[] other = probabilities(swapped);
        for (int row = 0; row < plain.length / 3; row++) {
            assertThat(other[3 * row])
                    .isCloseTo(plain[3 * row + 2], ROUNDING)
                    .isNotCloseTo(plain[3 * row], offset(0.1f));
            assertThat(other[3 * row + 1]).isCloseTo(plain[3 * row + 1], ROUNDING);
            assertThat(other[3 * row + 2]).isCloseTo(plain[3 * row], ROUNDING);
        }
    }

    @ParameterizedTest
    @CsvSource({"LABEL_0", "negative", "very positive"})
    void rejectsUnknownClassNames(String name) throws IOException {
        assertThatThrownBy(reading(changed("\"positive\",", "\"" + name + "\",")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + name + ", negative, neutral]")
                .hasMessageContaining("SELL, HOLD and BUY");
    }

    @Test
    void convertsRowsBackToTheCheckpointsOrder() {
        ClassOrder order = ClassOrder.of(List.of("positive", "Negative", "NEUTRAL"));
        float[] theirs = {1, 2, 3, 4, 5, 6};
        assertThat(order.toOwn(theirs)).containsExactly(3, 4, 5, 6, 1, 2);
        assertThat(order.toCheckpoint(order.toOwn(theirs))).isEqualTo(theirs);
    }

    @Test
    void drawsAMissingClassifierAndReportsIt() throws IOException {
        try (NDManager manager = Torch.manager("cpu")) {
            Checkpoint whole = Fixtures.checkpoint(".", new Weights(manager));
            Checkpoint headless = Fixtures.checkpoint("headless", new Weights(manager));
            assertThat(whole.freshHead()).isFalse();
            assertThat(headless.freshHead()).isTrue();
            assertThat(headless.fresh()).containsExactly("classifier.weight", "classifier.bias");
            assertThat(headless.weights().values(BertShape.POOLER + ".weight").numbers())
                    .isEqualTo(
                            whole.weights().values(BertShape.POOLER + ".weight").numbers());
            assertThat(headless.weights().values("classifier.weight").numbers())
                    .isNotEqualTo(whole.weights().values("classifier.weight").numbers())
                    .doesNotContain(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\"hidden_act\": \"gelu\"', '\"hidden_act\": \"swish\"', hidden_act 'swish'",
        "'\"model_type\": \"bert\"', '\"model_type\": \"roberta\"', model_type 'roberta'",
        "'\"is_decoder\": false', '\"is_decoder\": true', is_decoder 'true'",
        "'\"vocab_size\": 154', '\"vocab_size\": \"many\"', vocab_size \"many\"",
        "'\"hidden_size\": 32', '\"hidden\": 32', hidden_size missing",
        "'\"hidden_size\": 32', '\"hidden_size\": 33', width 33",
        "'\"num_hidden_layers\": 2', '\"num_hidden_layers\": 3', no weight bert.encoder.layer.2.attention.self.query.weight",
        "'\"vocab_size\": 154', '\"vocab_size\": 155', 'shape [154, 32], expected [155, 32]'",
    })
    void rejectsInconsistentOrUnsupportedConfigurations(String from, String to, String expected) throws IOException {
        assertThatThrownBy(reading(changed(from, to)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void namesAFolderWithoutFiles() throws IOException {
        assertThatThrownBy(reading(folder)).hasMessageContaining("has no config.json");
        Files.copy(Fixtures.FOLDER.resolve(BertConfig.FILE), folder.resolve(BertConfig.FILE));
        assertThatThrownBy(reading(folder)).hasMessageContaining("neither model.safetensors nor pytorch_model.bin");
        assertThatThrownBy(() ->
                        Checkpoint.shards("{\"weight_map\": {\"a\": \"../b.bin\"}}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("../b.bin");
    }
}
