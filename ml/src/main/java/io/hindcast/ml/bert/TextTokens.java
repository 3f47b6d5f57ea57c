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
 * Texts to ids of WordPiece tokens (Wu et al., Google's neural machine translation system, 2016) by the Hugging Face
 * tokenizers library: {@code [CLS]}, the text's tokens, {@code [SEP]}, cut to so many in all. Thread-safe; whoever
 * makes it closes it.
 */
public final class TextTokens implements AutoCloseable {

    /**
     * Files of a checkpoint that tell how it reads texts: the whole definition, or the vocabulary and whether case is
     * dropped.
     */
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
     * As a {@code tokenizer.json} says, except that its own rules of cutting and filling up are left out.
     *
     * @param maxTokens of a text with the two around it, 2 or more
     * @throws IllegalArgumentException if it is no tokenizer's definition
     */
    public static TextTokens of(byte[] tokenizerJson, int maxTokens) {
        return new TextTokens(TokenizerJson.withoutLengths(tokenizerJson), maxTokens);
    }

    /**
     * By a vocabulary as BERT's own are: a token's id is its place, pieces that go on a word begin with {@code ##}.
     *
     * @param lowerCase whether case and accents are dropped
     * @throws IllegalArgumentException if {@code [PAD]}, {@code [UNK]}, {@code [CLS]} or {@code [SEP]} is missing or a
     *     token is there twice
     */
    public static TextTokens ofVocabulary(List<String> vocabulary, boolean lowerCase, int maxTokens) {
        return new TextTokens(TokenizerJson.ofVocabulary(vocabulary, lowerCase), maxTokens);
    }

    /**
     * As the files of a checkpoint's folder say: {@code tokenizer.json} if there is one, else {@code vocab.txt} with
     * the {@code do_lower_case} of {@code tokenizer_config.json}.
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

    /** What {@link #of} takes: the whole definition, to be stored with a model. A copy. */
    public byte[] definition() {
        return definition.clone();
    }

    /** The most tokens that a text has, which is how long its rows are. */
    public int maxTokens() {
        return maxTokens;
    }

    /** Ids of a text's tokens, 2 to {@link #maxTokens}. */
    public int[] encode(String text) {
        long[] ids = tokenizer.encode(text).getIds();
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    /** The tokens themselves, as the vocabulary writes them. */
    public List<String> tokens(String text) {
        return List.of(tokenizer.encode(text).getTokens());
    }

    /**
     * The row that a scorer reads.
     *
     * @param padding id of the token that fills up
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
