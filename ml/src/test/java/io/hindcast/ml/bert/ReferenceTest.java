package io.hindcast.ml.bert;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares tokens and scores with those of transformers and tokenizers in Python. */
class ReferenceTest {

    private static float[] logits(String folder) {
        try (NDManager manager = Torch.manager("cpu");
                NDManager step = manager.newSubManager()) {
            Checkpoint checkpoint = Fixtures.checkpoint(folder, new Weights(manager));
            assertThat(checkpoint.fresh()).isEmpty();
            return checkpoint
                    .network()
                    .logits(TokenBatch.of(step, Fixtures.tokens(), 0), 0)
                    .toFloatArray();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "., logits", // safetensors
        "old, logits", // pickled one after the other, with old names
        "strided, logitsInFloat16", // pickled in a zip, in half precision, transposed
        "sharded, logitsInBfloat16", // safetensors in two files
    })
    void scoresMatchTheReferenceForEveryWeightFormat(String folder, String expected) {
        assertThat(logits(folder)).containsExactly(Fixtures.logits(expected), Offset.offset(1e-5f));
    }

    @Test
    void tokensMatchTheReferenceFromEitherFile() throws IOException {
        List<String> vocabulary = Files.readAllLines(Fixtures.FOLDER.resolve(TextTokens.VOCABULARY));
        int most = Fixtures.EXPECTED.path("maxTokens").asInt();
        try (TextTokens defined = TextTokens.ofFolder(Fixtures.FOLDER, most);
                TextTokens listed = TextTokens.ofVocabulary(vocabulary, true, most)) {
            List<int[]> expected = Fixtures.tokens();
            for (int i = 0; i < expected.size(); i++) {
                String text = Fixtures.EXPECTED.path("texts").path(i).asText();
                assertThat(defined.encode(text)).as(text).isEqualTo(expected.get(i));
                assertThat(listed.encode(text)).as(text).isEqualTo(expected.get(i));
            }
        }
    }
}
