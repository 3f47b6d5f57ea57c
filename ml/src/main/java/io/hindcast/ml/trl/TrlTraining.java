package io.hindcast.ml.trl;

import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.ml.bert.ArticleText;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.hub.DownloadProgress;
import io.hindcast.ml.hub.HubRepository;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.label.ArticleReactions;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Trains TRL models (text reinforcement learning) from articles and bars: prepares encoder and samples, and runs the
 * trainer. Thread-safe.
 */
public final class TrlTraining {

    private final ModelHub hub;
    private final DownloadProgress progress;

    /**
     * @param hub source of checkpoints that are no local folders; not used for a local encoder
     * @param progress receives the progress of downloads
     */
    public TrlTraining(ModelHub hub, DownloadProgress progress) {
        this.hub = hub;
        this.progress = progress;
    }

    /**
     * A prepared training.
     *
     * @param samples articles with a reaction, in the encoder's tokens
     * @param split split of the samples
     * @param encoder encoder to tune
     */
    public record Prepared(ArticleSamples samples, Split split, TrlEncoder encoder) {

        /** Returns the same under the digest of the stored dataset from which the articles come. */
        public Prepared storedAs(String digest) {
            return new Prepared(samples.storedAs(digest), split, encoder);
        }

        public TrainedModel train(TrlParameters parameters, long seed, TrainingControl control) {
            return new TrlTrainer(encoder).train(samples, split, parameters, seed, control);
        }
    }

    /** Prepares a training as {@link #prepare(List, Iterable, TrlParameters, long, TrainingControl)} and runs it. */
    public TrainedModel train(
            List<NewsArticle> articles,
            Iterable<KnownBar> bars,
            TrlParameters parameters,
            long seed,
            TrainingControl control) {
        return prepare(articles, bars, parameters, seed, control).train(parameters, seed, control);
    }

    /**
     * Prepares a training on the reactions of {@link ArticleReactions#DEFAULT} and the split of the parameters.
     *
     * @param articles all known articles, in any order; those without a reaction still train a local encoder, if they
     *     were visible when the last training article was
     * @param bars bars of the symbol, every revision known, in any order
     * @throws IllegalArgumentException if there are too few articles with a reaction
     * @throws io.hindcast.ml.hub.HubException if a checkpoint cannot be obtained
     */
    public Prepared prepare(
            List<NewsArticle> articles,
            Iterable<KnownBar> bars,
            TrlParameters parameters,
            long seed,
            TrainingControl control) {
        return prepare(
                articles,
                new ArticleReactions(ArticleReactions.DEFAULT, bars),
                samples -> parameters.evaluation().splitter().split(samples),
                parameters,
                seed,
                control);
    }

    /**
     * Prepares the encoder and its samples.
     *
     * @param market reactions of the symbol's market
     * @param splits splits the samples; called before they are tokenised
     */
    public Prepared prepare(
            List<NewsArticle> articles,
            ArticleReactions market,
            Function<ArticleSamples, Split> splits,
            TrlParameters parameters,
            long seed,
            TrainingControl control) {
        ArticleSamples untokenised = ArticleSamples.of(articles, market, new SingleTokenRows());
        Split split = splits.apply(untokenised);
        long known = untokenised.time(split.train().to() - 1);
        TrlEncoder encoder = switch (parameters.base()) {
            case BaseEncoder.Local local ->
                LocalEncoder.make(
                        local,
                        textsKnownAt(articles, known),
                        parameters.maxTokens(),
                        parameters.engine().device(),
                        seed,
                        control);
            case BaseEncoder.Checkpoint checkpoint -> read(checkpoint, seed);
        };
        try (ArticleTokens tokens = encoder.tokens(parameters.maxTokens())) {
            return new Prepared(ArticleSamples.of(articles, market, tokens), split, encoder);
        }
    }

    private TrlEncoder read(BaseEncoder.Checkpoint checkpoint, long seed) {
        Path folder = Path.of(checkpoint.source());
        if (Files.isDirectory(folder)) {
            return TrlEncoder.read(folder.getFileName().toString(), folder, seed);
        }
        HubRepository repository = new HubRepository(checkpoint.source(), checkpoint.revision());
        ModelHub.Downloaded downloaded = hub.open(repository, progress);
        return TrlEncoder.read(repository.id() + "@" + downloaded.commit(), downloaded.folder(), seed);
    }

    private static List<String> textsKnownAt(List<NewsArticle> articles, long moment) {
        return articles.stream()
                .filter(article -> article.firstSeenAt() <= moment)
                .sorted(Comparator.comparingLong(NewsArticle::firstSeenAt).thenComparing(NewsArticle::id))
                .map(article -> ArticleText.of(article.title(), article.body()))
                .toList();
    }

    /** Rows of one token each: a split depends on times and outcomes, not on the text. */
    private static final class SingleTokenRows implements ArticleSamples.TextRows {

        @Override
        public FeatureSetRef source() {
            return new FeatureSetRef("single-token", "");
        }

        @Override
        public int maxTokens() {
            return 1;
        }

        @Override
        public int padId() {
            return 0;
        }

        @Override
        public int[] tokens(String title, String body) {
            return new int[] {1};
        }
    }
}
