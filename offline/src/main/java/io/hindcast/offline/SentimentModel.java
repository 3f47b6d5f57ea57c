package io.hindcast.offline;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.console.Console;
import io.hindcast.console.StartFailure;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.trl.ArticleTokens;
import io.hindcast.ml.trl.NewsArticle;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A stored TRL model, named by {@code --reader}, that scores an archive's articles for sentiment features of candles.
 * It scores only articles published after its own training data: the market's reaction to the others was part of them.
 */
final class SentimentModel {

    /** Provenance key under which a model records the digest of the reader that it was trained with. */
    static final String PROVENANCE = "source.reader";

    private final StoredModel model;
    private final ArticleArchive articles;

    private SentimentModel(StoredModel model, ArticleArchive articles) {
        this.model = model;
        this.articles = articles;
    }

    /**
     * Opens the reader and its articles; empty if neither is given.
     *
     * @throws StartFailure if only one is given, or the reader cannot be used for this market
     */
    static Optional<SentimentModel> of(NewsFiles news, MarketArchive market, Console console) {
        Path reader = news.reader();
        if (news.articles() == null && reader == null) {
            return Optional.empty();
        }
        if (reader == null) {
            throw new StartFailure(
                    "--news is of no use to a model that reads candles unless another one reads the articles for it."
                            + " Name a trl model with --reader, or leave --news out.");
        }
        if (news.articles() == null) {
            throw new StartFailure("--reader has nothing to read. Name an archive of articles with --news.");
        }
        StoredModel model = StoredModel.read(reader, "reader");
        if (model.bundle().family() != ModelFamily.TRL) {
            throw new StartFailure("--reader " + reader + " is a "
                    + model.bundle().family().name().toLowerCase(Locale.ROOT)
                    + " model, which reads no articles. Name a trl model.");
        }
        String trainedOn = model.bundle().provenance().parameters().get(ModelTraining.SYMBOL);
        if (trainedOn != null && !trainedOn.equals(market.symbol().toString())) {
            throw new StartFailure("--reader " + reader + " was trained on articles about " + trainedOn
                    + ", and the candles are those of " + market.symbol() + ". Name a reader of " + market.symbol()
                    + ".");
        }
        return Optional.of(new SentimentModel(model, ArticleArchive.open(news.articles(), market, console)));
    }

    String sha256() {
        return model.sha256();
    }

    /**
     * Scored articles.
     *
     * @param summary number of articles for people, empty if there are none
     */
    record Scored(List<Sentiment.Score> scores, String summary) {

        static final Scored NONE = new Scored(List.of(), "");
    }

    /** Scores the articles visible to rows of these days; none without a reader. */
    static Scored score(Optional<SentimentModel> reader, DatasetBuilder rows, DayRange days, RunContext context) {
        return reader.map(model -> model.score(rows, days, context)).orElse(Scored.NONE);
    }

    private Scored score(DatasetBuilder rows, DayRange days, RunContext context) {
        Instant trainedTo = model.bundle().provenance().inSampleTo();
        List<NewsArticle> all =
                articles.on(new DayRange(UtcDay.of(rows.newsNeededFrom(days.firstMinute())), days.to()));
        List<NewsArticle> unseen = all.stream()
                .filter(article -> article.firstSeenAt() > trainedTo.toEpochMilli())
                .toList();
        if (unseen.isEmpty()) {
            throw new StartFailure("The reader was trained on all articles until " + trainedTo + ", and none of " + days
                    + " came later. Choose later days, or a reader that was trained on earlier ones.");
        }
        return new Scored(
                score(unseen, context),
                String.format(
                        Locale.ROOT,
                        "%,d of %,d articles, those after %s, on which the reader was not trained",
                        unseen.size(),
                        all.size(),
                        trainedTo));
    }

    private List<Sentiment.Score> score(List<NewsArticle> unseen, RunContext context) {
        ModelBundle bundle = model.bundle();
        List<Sentiment.Score> scores = new ArrayList<>(unseen.size());
        try (ArticleTokens tokens = ArticleTokens.of(bundle);
                Scorer scorer = ScorerEngines.open(bundle);
                ProgressReporter.Task task = context.progress().begin("Reading", unseen.size(), "articles")) {
            bundle.checkGolden(scorer);
            double[] out = new double[Scorer.CLASSES];
            for (NewsArticle article : unseen) {
                context.cancellation().check();
                scorer.score(tokens.row(article.title(), article.body()), 1, out);
                scores.add(new Sentiment.Score(
                        ArticleId.of(new ArticleUrl(article.id())),
                        0,
                        article.firstSeenAt(),
                        article.firstSeenAt(),
                        Sentiment.value(new Probabilities(out[0], out[1], out[2]))));
                task.at(scores.size(), "");
            }
        }
        return scores;
    }
}
