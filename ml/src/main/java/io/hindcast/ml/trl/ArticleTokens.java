package io.hindcast.ml.trl;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.ml.bert.ArticleText;
import io.hindcast.ml.bert.TextTokens;
import io.hindcast.ml.hash.Sha256;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.model.RowSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Tokenises articles as rows of token ids, identically in training and serving, because a bundle holds everything that
 * it depends on. Thread-safe. Its creator closes it.
 */
public final class ArticleTokens implements ArticleSamples.TextRows, AutoCloseable {

    /** Names of the settings in a {@link RowSpec} of articles. */
    public static final String RULE = "rule";

    public static final String MAX_TOKENS = "maxTokens";
    public static final String PAD_ID = "padId";

    private final TextTokens tokens;
    private final int padId;
    private final FeatureSetRef source;

    /** @param tokens tokenizer, closed with this object */
    public ArticleTokens(TextTokens tokens, int padId) {
        this.tokens = tokens;
        this.padId = padId;
        this.source = new FeatureSetRef(ArticleText.RULE, hash(tokens, padId));
    }

    /**
     * Creates the tokenisation with which a model was trained.
     *
     * @throws IllegalArgumentException if its rows are not those of articles, or follow an unknown rule
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

    /** Returns the row specification for a bundle. */
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

    /** Returns the row of an article for a scorer. */
    public double[] row(String title, String body) {
        return tokens.row(ArticleText.of(title, body), padId);
    }

    @Override
    public void close() {
        tokens.close();
    }

    /** Returns the hash over rule, length, padding and tokenizer definition. */
    private static String hash(TextTokens tokens, int padId) {
        MessageDigest sha = Sha256.digest();
        sha.update((ArticleText.RULE + '\n').getBytes(StandardCharsets.UTF_8));
        sha.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(tokens.maxTokens())
                .putInt(padId)
                .flip());
        sha.update(tokens.definition());
        return Sha256.hex(sha);
    }
}
