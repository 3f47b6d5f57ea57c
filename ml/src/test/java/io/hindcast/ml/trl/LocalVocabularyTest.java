package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.ml.bert.TextTokens;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalVocabularyTest {

    private static final List<String> TEXTS = List.of(
            "Bitcoin rallies: traders are trading, buying and selling Bitcoin!",
            "Traders are buying; the caf\u00e9 is CAF\u00c9 selling bitcoin, ending and sending");

    @Test
    void beginsWithTheSpecialTokensAndContainsFrequentOnes() {
        List<String> vocabulary = LocalVocabulary.of(TEXTS, 200);
        assertThat(vocabulary).startsWith("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
        assertThat(vocabulary)
                .contains("bitcoin", "traders", "cafe", "b", "##b", "##ing")
                .doesNotHaveDuplicates();
        assertThat(vocabulary).doesNotContain("rallies", "Bitcoin", "!", "##,");
    }

    @Test
    void isIndependentOfTheOrderOfTexts() {
        assertThat(LocalVocabulary.of(TEXTS.reversed(), 90)).isEqualTo(LocalVocabulary.of(TEXTS, 90));
        assertThat(LocalVocabulary.of(TEXTS, 70)).hasSizeLessThanOrEqualTo(70);
    }

    @Test
    void spellsUnknownWords() {
        try (TextTokens tokens = TextTokens.ofVocabulary(LocalVocabulary.of(TEXTS, 200), true, 32)) {
            assertThat(tokens.tokens("Bitcoin blending"))
                    .containsExactly("[CLS]", "bitcoin", "b", "##l", "##e", "##n", "##ding", "[SEP]");
        }
    }
}
