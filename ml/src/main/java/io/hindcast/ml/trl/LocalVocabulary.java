package io.hindcast.ml.trl;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Builds a vocabulary of WordPiece tokens from texts, where no published one is available: the special tokens, all
 * characters that are not rare, alone and within words, common endings, and the most frequent words. Other words are
 * spelled by these. Words are split as in BERT, without case and accents.
 */
final class LocalVocabulary {

    /** The special tokens, which come first. */
    static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    /** Id of the mask token. */
    static final int MASK_ID = SPECIAL.indexOf("[MASK]");

    private static final String WITHIN = "##";
    private static final int LEAST_TIMES = 2;
    private static final int LONGEST_ENDING = 4;

    private LocalVocabulary() {}

    /**
     * Builds a vocabulary, the same for the same texts in any order.
     *
     * @param size most tokens, of which at most a quarter are endings
     */
    static List<String> of(Iterable<String> texts, int size) {
        Map<String, Integer> words = new HashMap<>();
        texts.forEach(text -> split(text).forEach(word -> words.merge(word, 1, Integer::sum)));
        Map<String, Integer> characters = new HashMap<>();
        Map<String, Integer> endings = new HashMap<>();
        words.forEach((word, times) -> {
            word.codePoints().forEach(c -> characters.merge(Character.toString(c), times, Integer::sum));
            for (int length = 2; length <= Math.min(LONGEST_ENDING, word.length() - 2); length++) {
                endings.merge(word.substring(word.length() - length), 1, Integer::sum);
            }
        });
        Set<String> vocabulary = new LinkedHashSet<>(SPECIAL);
        for (String character : mostFrequent(characters)) {
            add(vocabulary, character, size / 2);
            if (Character.isLetterOrDigit(character.codePointAt(0))) {
                add(vocabulary, WITHIN + character, size / 2);
            }
        }
        int withEndings = vocabulary.size() + size / 4;
        for (String ending : mostFrequent(endings)) {
            add(vocabulary, WITHIN + ending, Math.min(withEndings, size));
        }
        for (String word : mostFrequent(words)) {
            add(vocabulary, word, size);
        }
        return List.copyOf(vocabulary);
    }

    private static void add(Set<String> vocabulary, String token, int size) {
        if (vocabulary.size() < size) {
            vocabulary.add(token);
        }
    }

    private static List<String> mostFrequent(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST_TIMES)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Splits a text into words of letters and digits, and single other characters. */
    static List<String> split(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{Mn}", "")
                .toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        plain.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
                return;
            }
            if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (!Character.isWhitespace(c) && !Character.isISOControl(c) && !Character.isSpaceChar(c)) {
                words.add(Character.toString(c));
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
