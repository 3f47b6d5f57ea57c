package io.hindcast.ml.trl;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.hash.Sha256;
import io.hindcast.ml.label.ArticleReaction;
import io.hindcast.ml.label.ArticleReactions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Articles with a known market reaction, in the order in which they were first seen. A row holds an article's token
 * ids, padded to one length. Immutable and thread-safe.
 *
 * <p>A sample's time is the moment at which its article was first seen. Its reaction covers the label's horizon from
 * publication on, so it ends one horizon after that moment at the latest. An article first seen after the end of its
 * reaction has no sample. The reaction of an article first seen late begins before the sample's time, by less than a
 * horizon; a split's embargo, which is at least a horizon, keeps it clear of earlier parts, too.
 *
 * <p>The evaluation trades at the first close after an article was seen, and holds until the first close after the next
 * one was seen; after the last article, until the end of one horizon.
 */
public final class ArticleSamples implements Samples {

    private static final String FORM = "hindcast-articles-1";

    private final FeatureSetRef source;
    private final LabelSpec label;
    private final int maxTokens;
    private final int padId;
    private final List<NewsArticle> articles;
    private final int[][] tokens;
    private final ArticleReaction[] reactions;
    private final double[] nextReturns;
    private final double[] previousReturns;
    private final String digest;

    /**
     * Tokenises texts as rows. {@link ArticleSamples#of} calls it on its caller's thread, once for each article with a
     * reaction, and keeps no reference to it.
     */
    public interface TextRows {

        /** Returns the name of the rule, with a hash of everything that affects the rows. */
        FeatureSetRef source();

        /** Returns the length of a row, 1 or more. */
        int maxTokens();

        /** Returns the padding id; no text's last token has it. */
        int padId();

        /** Returns the ids of a text's tokens, 1 to {@link #maxTokens}. */
        int[] tokens(String title, String body);
    }

    private ArticleSamples(List<Labelled> labelled, ArticleReactions market, TextRows rows) {
        source = rows.source();
        label = market.label();
        maxTokens = rows.maxTokens();
        padId = rows.padId();
        int n = labelled.size();
        articles = labelled.stream().map(Labelled::article).toList();
        tokens = new int[n][];
        reactions = new ArticleReaction[n];
        nextReturns = new double[n];
        previousReturns = new double[n];
        for (int i = 0; i < n; i++) {
            Labelled one = labelled.get(i);
            tokens[i] = checked(
                    one.article(),
                    rows.tokens(one.article().title(), one.article().body()));
            reactions[i] = one.reaction();
            Optional<Double> exit = i + 1 < n
                    ? Optional.of(labelled.get(i + 1).entry())
                    : market.closeAt(one.article().firstSeenAt() + market.windowMillis());
            nextReturns[i] = exit.orElse(one.entry()) / one.entry() - 1;
            Optional<Double> before = market.closeAt(one.article().publishedAt() - market.windowMillis());
            previousReturns[i] = before.isEmpty() ? Double.NaN : one.reaction().base() / before.get() - 1;
        }
        digest = computeDigest();
    }

    private ArticleSamples(ArticleSamples samples, String digest) {
        source = samples.source;
        label = samples.label;
        maxTokens = samples.maxTokens;
        padId = samples.padId;
        articles = samples.articles;
        tokens = samples.tokens;
        reactions = samples.reactions;
        nextReturns = samples.nextReturns;
        previousReturns = samples.previousReturns;
        this.digest = digest;
    }

    /** Returns the same samples under the digest of the stored dataset from which they were made. */
    public ArticleSamples storedAs(String otherDigest) {
        return new ArticleSamples(this, otherDigest);
    }

    private record Labelled(NewsArticle article, ArticleReaction reaction, double entry) {}

    /**
     * Creates samples of the articles that have a reaction and were seen before its end.
     *
     * @param articles in any order
     * @throws IllegalArgumentException if two have the same id
     */
    public static ArticleSamples of(List<NewsArticle> articles, ArticleReactions market, TextRows rows) {
        Set<String> ids = new HashSet<>();
        List<Labelled> labelled = new ArrayList<>();
        for (NewsArticle article : articles) {
            if (!ids.add(article.id())) {
                throw new IllegalArgumentException("article " + article.id() + " is there twice, expected each once");
            }
            if (article.firstSeenAt() - article.publishedAt() >= market.windowMillis()) {
                continue;
            }
            Optional<ArticleReaction> reaction = market.to(article.publishedAt());
            Optional<Double> entry = market.closeAfter(article.firstSeenAt());
            if (reaction.isPresent() && entry.isPresent()) {
                labelled.add(new Labelled(article, reaction.get(), entry.get()));
            }
        }
        labelled.sort(Comparator.comparing(
                Labelled::article,
                Comparator.comparingLong(NewsArticle::firstSeenAt)
                        .thenComparingLong(NewsArticle::publishedAt)
                        .thenComparing(NewsArticle::id)));
        return new ArticleSamples(labelled, market, rows);
    }

    private int[] checked(NewsArticle article, int[] ids) {
        if (ids.length < 1 || ids.length > maxTokens || ids[ids.length - 1] == padId) {
            throw new IllegalArgumentException("article " + article.id() + " became " + ids.length
                    + " tokens, expected 1 to " + maxTokens + ", the last of them no padding");
        }
        return ids.clone();
    }

    @Override
    public FeatureSetRef source() {
        return source;
    }

    @Override
    public LabelSpec label() {
        return label;
    }

    @Override
    public int rows() {
        return tokens.length;
    }

    /** Returns the length of a row, in tokens. */
    @Override
    public int inputs() {
        return maxTokens;
    }

    public int padId() {
        return padId;
    }

    @Override
    public void read(int row, double[] out, int at) {
        for (int i = 0; i < maxTokens; i++) {
            out[at + i] = i < tokens[row].length ? tokens[row][i] : padId;
        }
    }

    public NewsArticle article(int row) {
        return articles.get(row);
    }

    /** Returns the ids of the text's tokens without padding, a copy. */
    public int[] tokens(int row) {
        return tokens[row].clone();
    }

    /** Returns when the article was first seen. */
    @Override
    public long time(int row) {
        return articles.get(row).firstSeenAt();
    }

    @Override
    public Signal outcome(int row) {
        return reactions[row].signal();
    }

    public ArticleReaction reaction(int row) {
        return reactions[row];
    }

    @Override
    public double nextReturn(int row) {
        return nextReturns[row];
    }

    /** Returns the change over one horizon before publication. */
    @Override
    public double previousReturn(int row) {
        return previousReturns[row];
    }

    /** Returns the mean of |change| over some rows, in percent. */
    public double meanAbsoluteChange(RowRange rows) {
        double sum = 0;
        for (int row = rows.from(); row < rows.to(); row++) {
            sum += Math.abs(reactions[row].changePercent());
        }
        return sum / rows.size();
    }

    /**
     * Returns the SHA-256, 64 hexadecimal digits, of the stored dataset; without one over the canonical bytes: format,
     * hash of the rows' source, label, sizes, then sample by sample moment, outcome, change in percent, both returns,
     * number of tokens and their ids, numbers big-endian and every {@code NaN} the same.
     */
    @Override
    public String digest() {
        return digest;
    }

    private String computeDigest() {
        MessageDigest sha = Sha256.digest();
        String head = String.join(
                "\n",
                FORM,
                source.hash(),
                Integer.toString(label.horizonBars()),
                Long.toString(Double.doubleToLongBits(label.thresholdPercent())),
                Integer.toString(rows()),
                Integer.toString(maxTokens),
                Integer.toString(padId),
                "");
        sha.update(head.getBytes(StandardCharsets.UTF_8));
        for (int row = 0; row < rows(); row++) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES + 1 + Integer.BYTES * (1 + tokens[row].length));
            bytes.putLong(time(row));
            bytes.put((byte) outcome(row).classIndex());
            bytes.putLong(Double.doubleToLongBits(reactions[row].changePercent()));
            bytes.putLong(Double.doubleToLongBits(nextReturns[row]));
            bytes.putLong(Double.doubleToLongBits(previousReturns[row]));
            bytes.putInt(tokens[row].length);
            for (int id : tokens[row]) {
                bytes.putInt(id);
            }
            sha.update(bytes.flip());
        }
        return Sha256.hex(sha);
    }
}
