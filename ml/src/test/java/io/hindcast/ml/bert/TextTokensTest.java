package io.hindcast.ml.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTokensTest {

    private static final List<String> VOCABULARY = List.of(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "bit", "##coin", "falls", "rises", ",", "Bit", "caf", "##e");

    @Test
    void cutsTextsBetweenTheirSpecialTokens() {
        try (TextTokens tokens = TextTokens.ofVocabulary(VOCABULARY, true, 5)) {
            assertThat(tokens.encode("Bitcoin falls")).containsExactly(2, 5, 6, 7, 3);
            assertThat(tokens.encode("Bitcoin falls, rises")).containsExactly(2, 5, 6, 7, 3);
            assertThat(tokens.encode("")).containsExactly(2, 3);
            assertThat(tokens.row("rises", 0)).containsExactly(2, 8, 3, 0, 0);
            assertThat(tokens.tokens("ether rises")).containsExactly("[CLS]", "[UNK]", "rises", "[SEP]");
        }
    }

    @Test
    void dropsCaseAndAccentsOnlyIfConfigured() {
        try (TextTokens lower = TextTokens.ofVocabulary(VOCABULARY, true, 9);
                TextTokens cased = TextTokens.ofVocabulary(VOCABULARY, false, 9)) {
            assertThat(lower.tokens("Bit Café")).containsExactly("[CLS]", "bit", "caf", "##e", "[SEP]");
            assertThat(cased.tokens("Bit Café")).containsExactly("[CLS]", "Bit", "[UNK]", "[SEP]");
        }
    }

    @Test
    void theStoredDefinitionTokenisesIdentically() {
        String text = "BITCOIN falls, café";
        try (TextTokens tokens = TextTokens.ofVocabulary(VOCABULARY, true, 6);
                TextTokens again = TextTokens.of(tokens.definition(), 6)) {
            assertThat(again.encode(text)).isEqualTo(tokens.encode(text));
            assertThat(again.definition()).isEqualTo(tokens.definition());
        }
    }

    @Test
    void rejectsAVocabularyWithoutSpecialTokensOrWithDuplicates() {
        assertThatThrownBy(() -> TextTokens.ofVocabulary(List.of("[PAD]", "[UNK]", "a"), true, 9))
                .hasMessageContaining("[CLS]");
        assertThatThrownBy(() -> TextTokens.ofVocabulary(List.of("[PAD]", "a", "[UNK]", "a"), true, 9))
                .hasMessageContaining("'a' is in the vocabulary twice, first at line 2");
        assertThatThrownBy(() -> TextTokens.of("{}".getBytes(StandardCharsets.UTF_8), 9))
                .hasMessageContaining("tokenizer.json has no model");
        assertThatThrownBy(() -> TextTokens.of("{\"model\": 7}".getBytes(StandardCharsets.UTF_8), 9))
                .hasMessageContaining("tokenizers library does not take");
    }

    @Test
    void anArticleIsTitleAndBody() {
        assertThat(ArticleText.of(" Bitcoin falls ", "It fell.\n")).isEqualTo("Bitcoin falls\n\nIt fell.");
        assertThat(ArticleText.of("Bitcoin falls", " ")).isEqualTo("Bitcoin falls");
        assertThat(ArticleText.of("", "It fell.")).isEqualTo("It fell.");
    }
}
