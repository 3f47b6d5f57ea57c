package io.hindcast.ml.bert;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Encodes texts as ids of WordPiece tokens (Wu et al., Google's neural machine translation system, 2016) by the Hugging
 * Face tokenizers library: {@code [CLS]}, the text's tokens, {@code [SEP]}, cut to a maximum length. Thread-safe. Its
 * creator closes it.
 */
public final class TextTokens implements AutoCloseable {

    /** Tokenizer files of a checkpoint: the whole definition, or the vocabulary and the setting that drops case. */
    public static final String DEFINITION = "tokenizer.json";

    public static final String VOCABULARY = "vocab.txt";
    public static final String SETTINGS = "tokenizer_config.json";

    private final byte[] definition;
    private final int maxTokens;
    private final HuggingFaceTokenizer tokenizer;

    private TextTokens(byte[] definition, int maxTokens) {
        if (maxTokens < 2) {
            throw new IllegalArgumentException("texts of " + maxTokens + " tokens, expected 2 or more");
        }
        this.definition = definition;
        this.maxTokens = maxTokens;
        try {
            this.tokenizer = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(definition),
                    Map.of(
                            "addSpecialTokens", "true",
                            "truncation", "LONGEST_FIRST",
                            "maxLength", Integer.toString(maxTokens),
                            "modelMaxLength", Integer.toString(maxTokens),
                            "padding", "DO_NOT_PAD"));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "the tokenizers library does not take this " + DEFINITION + ": " + e.getMessage(), e);
        }
    }

    /**
     * Creates the tokenizer of a {@code tokenizer.json}, without its truncation and padding.
     *
     * @param maxTokens most tokens of a text with the two around it, 2 or more
     * @throws IllegalArgumentException if it is no tokenizer definition
     */
    public static TextTokens of(byte[] tokenizerJson, int maxTokens) {
        return new TextTokens(TokenizerJson.withoutLengths(tokenizerJson), maxTokens);
    }

    /**
     * Creates the tokenizer of a BERT vocabulary: a token's id is its index, and pieces that continue a word begin with
     * {@code ##}.
     *
     * @param lowerCase whether case and accents are dropped
     * @throws IllegalArgumentException if {@code [PAD]}, {@code [UNK]}, {@code [CLS]} or {@code [SEP]} is missing or a
     *     token occurs twice
     */
    public static TextTokens ofVocabulary(List<String> vocabulary, boolean lowerCase, int maxTokens) {
        return new TextTokens(TokenizerJson.ofVocabulary(vocabulary, lowerCase), maxTokens);
    }

    /**
     * Creates the tokenizer of a checkpoint's folder, from {@code tokenizer.json} if there is one, else from
     * {@code vocab.txt} with the {@code do_lower_case} of {@code tokenizer_config.json}.
     *
     * @throws IllegalArgumentException if there is neither
     */
    public static TextTokens ofFolder(Path folder, int maxTokens) throws IOException {
        if (Files.exists(folder.resolve(DEFINITION))) {
            return of(Files.readAllBytes(folder.resolve(DEFINITION)), maxTokens);
        }
        if (!Files.exists(folder.resolve(VOCABULARY))) {
            throw new IllegalArgumentException(
                    folder + " has neither " + DEFINITION + " nor " + VOCABULARY + ", expected one of them");
        }
        Path settings = folder.resolve(SETTINGS);
        boolean lowerCase = !Files.exists(settings) || TokenizerJson.lowerCase(Files.readAllBytes(settings));
        return ofVocabulary(Files.readAllLines(folder.resolve(VOCABULARY)), lowerCase, maxTokens);
    }

    /** Returns the whole definition, as {@link #of} reads it, to be stored with a model; a copy. */
    public byte[] definition() {
        return definition.clone();
    }

    /** Returns the most tokens of a text, which is the length of a row. */
    public int maxTokens() {
        return maxTokens;
    }

    /** Returns the ids of a text's tokens, 2 to {@link #maxTokens}. */
    public int[] encode(String text) {
        long[] ids = tokenizer.encode(text).getIds();
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    /** Returns the tokens as the vocabulary spells them. */
    public List<String> tokens(String text) {
        return List.of(tokenizer.encode(text).getTokens());
    }

    /**
     * Returns the row of a text for a scorer.
     *
     * @param padding id of the padding token
     * @return {@link #maxTokens} ids
     */
    public double[] row(String text, int padding) {
        double[] row = new double[maxTokens];
        Arrays.fill(row, padding);
        int[] ids = encode(text);
        for (int i = 0; i < ids.length; i++) {
            row[i] = ids[i];
        }
        return row;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
