package io.hindcast.ml.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.ndarray.NDManager;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    private static final Offset<Float> ROUNDING = offset(1e-6f);

    @TempDir
    Path folder;

    /** The fixtures' checkpoint with its config changed. */
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
    void aClassifierWhoseNamesAreSwappedSwapsBuyAndSell() throws IOException {
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
    void classesOfOtherNamesAreRefused(String name) throws IOException {
        assertThatThrownBy(reading(changed("\"positive\",", "\"" + name + "\",")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + name + ", negative, neutral]")
                .hasMessageContaining("SELL, HOLD and BUY");
    }

    @Test
    void rowsComeBackInTheCheckpointsOrder() {
        ClassOrder order = ClassOrder.of(List.of("positive", "Negative", "NEUTRAL"));
        float[] theirs = {1, 2, 3, 4, 5, 6};
        assertThat(order.toOwn(theirs)).containsExactly(3, 4, 5, 6, 1, 2);
        assertThat(order.toCheckpoint(order.toOwn(theirs))).isEqualTo(theirs);
    }

    @Test
    void aCheckpointWithoutAClassifierGetsAFreshOneAndSaysSo() throws IOException {
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
        "'\"hidden_size\": 32', '\"hidden\": 32', hidden_size not at all",
        "'\"hidden_size\": 32', '\"hidden_size\": 33', width 33",
        "'\"num_hidden_layers\": 2', '\"num_hidden_layers\": 3', no weight bert.encoder.layer.2.attention.self.query.weight",
        "'\"vocab_size\": 154', '\"vocab_size\": 155', 'shape [154, 32], expected [155, 32]'",
    })
    void aConfigThatSaysWhatIsNotSoOrNotDoneHereIsRefused(String from, String to, String said) throws IOException {
        assertThatThrownBy(reading(changed(from, to)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aFolderWithoutFilesIsNamed() throws IOException {
        assertThatThrownBy(reading(folder)).hasMessageContaining("has no config.json");
        Files.copy(Fixtures.FOLDER.resolve(BertConfig.FILE), folder.resolve(BertConfig.FILE));
        assertThatThrownBy(reading(folder)).hasMessageContaining("neither model.safetensors nor pytorch_model.bin");
        assertThatThrownBy(() ->
                        Checkpoint.shards("{\"weight_map\": {\"a\": \"../b.bin\"}}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("../b.bin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cposix\nsystem\n",
                "cbuiltins\neval\n",
                "c__builtin__\nException\n",
                "cdecimal\nDecimal\n",
                "ctorch._utils\n_rebuild_parameter\n",
                "ctorch\nnn\n"
            })
    void aPickleThatNamesAnythingButTensorsIsRefused(String instruction) throws IOException {
        Path file = pickled(
                ("\u0080\u0002" + instruction + "X\u0002\0\0\0ls\u0085R.").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PickledWeights.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pytorch_model.bin")
                .hasMessageContaining(instruction.substring(1).strip().replace('\n', '.'))
                .hasMessageContaining("expected nothing but tensors");
    }

    @ParameterizedTest
    @CsvSource({
        "'(i__main__\nA\n.', instruction",
        "'X\u0002\0\0\0osX\u0006\0\0\0system\u0093.', os.system",
        "'ccollections\nOrderedDict\n)\u0081.', instruction",
        "'}X\u0001\0\0\0aX\u0001\0\0\0bs.', no tensor but b",
        "'].', no dictionary but a list",
        "'K\u0001)R.', is damaged",
    })
    void whatElseAPickleMayDoIsRefused(String program, String said) throws IOException {
        Path file = pickled(("\u0080\u0004" + program).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PickledWeights.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    private Path pickled(byte[] program) throws IOException {
        Path file = folder.resolve(Checkpoint.PICKLED);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(program);
            zip.closeEntry();
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pytorch_model.bin", "old/pytorch_model.bin", "strided/pytorch_model.bin", "model.safetensors"})
    void aFileThatIsCutOffAnywhereIsRefusedByName(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.FOLDER.resolve(name));
        Path cut = folder.resolve(Path.of(name).getFileName().toString());
        for (int length : new int[] {0, 1, 7, 200, whole.length / 2, whole.length - 1}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> {
                        if (name.endsWith(".bin")) {
                            PickledWeights.read(cut);
                        } else {
                            SafetensorsWeights.read(cut);
                        }
                    })
                    .as("%s bytes", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(cut.getFileName().toString());
        }
    }

    @Test
    void aTensorThatReachesBeyondItsStorageIsRefused() {
        var storage = new StoredTensor.Storage(StoredTensor.Element.FLOAT32, "0", 10);
        new StoredTensor(storage, 1, new long[] {3, 3}, new long[] {3, 1});
        assertThatThrownBy(() -> new StoredTensor(storage, 2, new long[] {3, 3}, new long[] {3, 1}))
                .hasMessageContaining("does not lie within storage 0 of 10 numbers");
        assertThatThrownBy(() -> new StoredTensor(storage, 0, new long[] {1L << 62, 8}, new long[] {8, 1}))
                .isInstanceOf(ArithmeticException.class);
    }
}
