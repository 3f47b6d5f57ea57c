package io.hindcast.ml.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads weights stored by PyTorch and safetensors, and rejects invalid files. */
class StoredWeightsTest {

    private static final Path FIXTURES = Path.of("src/test/fixtures/bert");

    @TempDir
    Path folder;

    @Test
    void pickledAndSafetensorsWeightsAreEqual() throws IOException {
        var pickled = PickledWeights.read(FIXTURES.resolve("pytorch_model.bin"));
        var plain = Safetensors.read(FIXTURES.resolve("model.safetensors"));
        assertThat(pickled.keySet()).containsExactlyInAnyOrderElementsOf(plain.keySet());
        pickled.forEach((name, values) ->
                assertThat(values).as(name).usingRecursiveComparison().isEqualTo(plain.get(name)));
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
    void rejectsAPickleOfAnythingButTensors(String instruction) throws IOException {
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
    void rejectsOtherPickleInstructions(String program, String expected) throws IOException {
        Path file = pickled(("\u0080\u0004" + program).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PickledWeights.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }

    private Path pickled(byte[] program) throws IOException {
        Path file = folder.resolve("pytorch_model.bin");
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
    void rejectsTruncatedFilesByName(String name) throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURES.resolve(name));
        Path cut = folder.resolve(Path.of(name).getFileName().toString());
        for (int length : new int[] {0, 1, 7, 200, whole.length / 2, whole.length - 1}) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> {
                        if (name.endsWith(".bin")) {
                            PickledWeights.read(cut);
                        } else {
                            Safetensors.read(cut);
                        }
                    })
                    .as("%s bytes", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(cut.getFileName().toString());
        }
    }

    @Test
    void rejectsATensorBeyondItsStorage() {
        var storage = new StoredTensor.Storage(StoredTensor.Element.FLOAT32, "0", 10);
        new StoredTensor(storage, 1, new long[] {3, 3}, new long[] {3, 1});
        assertThatThrownBy(() -> new StoredTensor(storage, 2, new long[] {3, 3}, new long[] {3, 1}))
                .hasMessageContaining("does not lie within storage 0 of 10 numbers");
        assertThatThrownBy(() -> new StoredTensor(storage, 0, new long[] {1L << 62, 8}, new long[] {8, 1}))
                .isInstanceOf(ArithmeticException.class);
    }
}
