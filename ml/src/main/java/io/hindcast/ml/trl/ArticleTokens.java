package io.hindcast.ml.trl;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.ml.bert.ArticleText;
import io.hindcast.ml.bert.TextTokens;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.model.RowSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Articles to rows of token ids: in training and in serving the same, since a bundle holds all that decides it.
 * Thread-safe; whoever makes it closes it.
 */
public final class ArticleTokens implements ArticleSamples.TextRows, AutoCloseable {

    /** Settings of a {@link RowSpec} of articles. */
    public static final String RULE = "rule";

    public static final String MAX_TOKENS = "maxTokens";
    public static final String PAD_ID = "padId";

    private final TextTokens tokens;
    private final int padId;
    private final FeatureSetRef source;

    /** @param tokens closed with this */
    public ArticleTokens(TextTokens tokens, int padId) {
        this.tokens = tokens;
        this.padId = padId;
        this.source = new FeatureSetRef(ArticleText.RULE, hash(tokens, padId));
    }

    /**
     * As the articles were read that a model was trained on.
     *
     * @throws IllegalArgumentException if its rows are no articles', or are made by a rule that is not known here
     */
    public static ArticleTokens of(ModelBundle bundle) {
        Map<String, String> settings = bundle.rows().text();
        String rule = settings.getOrDefault(RULE, "");
        if (!rule.equals(ArticleText.RULE)) {
            throw new IllegalArgumentException("the model reads rows made by the rule '" + rule + "', expected "
                    + ArticleText.RULE + ": another version of Hindcast may have trained it");
        }
        ArticleTokens made = new ArticleTokens(
                TextTokens.of(bundle.part(TextTokens.DEFINITION), number(settings, MAX_TOKENS)),
                number(settings, PAD_ID));
        if (!made.source().equals(bundle.rows().source())) {
            made.close();
            throw new IllegalArgumentException("the model reads rows of "
                    + bundle.rows().source() + ", but its tokenizer makes such of " + made.source());
        }
        return made;
    }

    private static int number(Map<String, String> settings, String name) {
        try {
            return Integer.parseInt(settings.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the model's rows have " + name + " '" + settings.get(name) + "', expected a whole number", e);
        }
    }

    /** What a bundle says of its rows. */
    public RowSpec rowSpec() {
        return RowSpec.ofText(
                source,
                Map.of(
                        RULE, ArticleText.RULE,
                        MAX_TOKENS, Integer.toString(maxTokens()),
                        PAD_ID, Integer.toString(padId)));
    }

    @Override
    public FeatureSetRef source() {
        return source;
    }

    @Override
    public int maxTokens() {
        return tokens.maxTokens();
    }

    @Override
    public int padId() {
        return padId;
    }

    @Override
    public int[] tokens(String title, String body) {
        return tokens.encode(ArticleText.of(title, body));
    }

    /** The row that a scorer reads. */
    public double[] row(String title, String body) {
        return tokens.row(ArticleText.of(title, body), padId);
    }

    @Override
    public void close() {
        tokens.close();
    }

    /** Over the rule, the length, the padding and the tokenizer's definition. */
    private static String hash(TextTokens tokens, int padId) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((ArticleText.RULE + '\n').getBytes(StandardCharsets.UTF_8));
            sha.update(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(tokens.maxTokens())
                    .putInt(padId)
                    .flip());
            return HexFormat.of().formatHex(sha.digest(tokens.definition()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
