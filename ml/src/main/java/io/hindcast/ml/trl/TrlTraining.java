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

/** From articles and bars to a model: what a TRL training is, from beginning to end. */
public final class TrlTraining {

    private final ModelHub hub;
    private final DownloadProgress progress;

    /**
     * @param hub where checkpoints that are no folders come from; a local encoder asks nothing of it
     * @param progress told of downloads
     */
    public TrlTraining(ModelHub hub, DownloadProgress progress) {
        this.hub = hub;
        this.progress = progress;
    }

    /**
     * What a training starts from.
     *
     * @param samples articles with a reaction, as the encoder reads them
     * @param split of them
     * @param encoder to be tuned
     */
    public record Prepared(ArticleSamples samples, Split split, TrlEncoder encoder) {

        public TrainedModel train(TrlParameters parameters, long seed, TrainingControl control) {
            return new TrlTrainer(encoder).train(samples, split, parameters, seed, control);
        }
    }

    /**
     * Trains on the reactions of {@link ArticleReactions#DEFAULT} and the split that the parameters say.
     *
     * @param articles all that are known, in any order; those without a reaction still teach a local encoder words, if
     *     they were known when the last one to train on was
     * @param bars of the symbol, every revision known, in any order
     * @throws IllegalArgumentException if there are too few articles with a reaction
     * @throws io.hindcast.ml.hub.HubException if a checkpoint cannot be had
     */
    public TrainedModel train(
            List<NewsArticle> articles,
            Iterable<KnownBar> bars,
            TrlParameters parameters,
            long seed,
            TrainingControl control) {
        ArticleReactions market = new ArticleReactions(ArticleReactions.DEFAULT, bars);
        return prepare(
                        articles,
                        market,
                        samples -> parameters.evaluation().splitter().split(samples),
                        parameters,
                        seed,
                        control)
                .train(parameters, seed, control);
    }

    /**
     * Makes or reads the encoder, and the samples that it reads.
     *
     * @param market of the symbol
     * @param splits how to cut the samples; asked before their tokens are known
     */
    public Prepared prepare(
            List<NewsArticle> articles,
            ArticleReactions market,
            Function<ArticleSamples, Split> splits,
            TrlParameters parameters,
            long seed,
            TrainingControl control) {
        ArticleSamples untold = ArticleSamples.of(articles, market, new Untold());
        Split split = splits.apply(untold);
        long known = untold.time(split.train().to() - 1);
        TrlEncoder encoder = switch (parameters.base()) {
            case TrlBase.Local local ->
                LocalEncoder.make(
                        local,
                        textsKnownAt(articles, known),
                        parameters.maxTokens(),
                        parameters.engine().device(),
                        seed,
                        control);
            case TrlBase.Checkpoint checkpoint -> read(checkpoint, seed);
        };
        try (ArticleTokens tokens = encoder.tokens(parameters.maxTokens())) {
            return new Prepared(ArticleSamples.of(articles, market, tokens), split, encoder);
        }
    }

    private TrlEncoder read(TrlBase.Checkpoint checkpoint, long seed) {
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

    /** Rows of samples that are only cut: a row has one token, whatever the text. */
    private static final class Untold implements ArticleSamples.TextRows {

        @Override
        public FeatureSetRef source() {
            return new FeatureSetRef("untold", "");
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
