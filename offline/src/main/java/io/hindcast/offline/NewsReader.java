package io.hindcast.offline;

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
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored model that reads an archive's articles, so that bars know how the news sounds. Only articles that were
 * published after what it learned from count: of the others it has seen how the market took them.
 */
final class NewsReader {

    /** What a model's provenance calls the digest of the reader that it was trained with. */
    static final String PROVENANCE = "source.reader";

    private final StoredModel model;
    private final Articles articles;

    private NewsReader(StoredModel model, Articles articles) {
        this.model = model;
        this.articles = articles;
    }

    /** The reader that two options name together; empty if neither is given. */
    static Optional<NewsReader> of(@Nullable Path news, @Nullable Path reader, MarketArchive market, Console console) {
        if (news == null && reader == null) {
            return Optional.empty();
        }
        if (reader == null) {
            throw new StartFailure(
                    "--news is of no use to a model that reads candles unless another one reads the articles for it."
                            + " Name a trl model with --reader, or leave --news out.");
        }
        if (news == null) {
            throw new StartFailure("--reader has nothing to read. Name an archive of articles with --news.");
        }
        StoredModel model = StoredModel.read(reader, "reader");
        if (model.bundle().family() != ModelFamily.TRL) {
            throw new StartFailure("--reader " + reader + " is a "
                    + model.bundle().family().name().toLowerCase(Locale.ROOT)
                    + " model, which reads no articles. Name a trl model.");
        }
        String readsOf = model.bundle().provenance().parameters().get(ModelTraining.SYMBOL);
        if (readsOf != null && !readsOf.equals(market.symbol().toString())) {
            throw new StartFailure("--reader " + reader + " has learned what articles mean for " + readsOf
                    + ", and the candles are those of " + market.symbol() + ". Name a reader of " + market.symbol()
                    + ".");
        }
        return Optional.of(new NewsReader(model, Articles.open(news, market, console)));
    }

    String sha256() {
        return model.sha256();
    }

    /**
     * What bars may know.
     *
     * @param scores of the articles that count
     * @param summary how many those are, for people
     */
    record Known(List<Sentiment.Score> scores, String summary) {

        static final Known NOTHING = new Known(List.of(), "");
    }

    /** Reads what the rows of these days may know. */
    Known read(DatasetBuilder rows, Days days, ProgressReporter progress, Cancellation cancellation) {
        Instant learnedTo = model.bundle().provenance().inSampleTo();
        LocalDate first =
                rows.newsNeededFrom(days.first()).atZone(ZoneOffset.UTC).toLocalDate();
        List<NewsArticle> all = articles.on(new Days(first, days.to()));
        List<NewsArticle> later = all.stream()
                .filter(article -> article.firstSeenAt() > learnedTo.toEpochMilli())
                .toList();
        if (later.isEmpty()) {
            throw new StartFailure("The reader has learned from all articles until " + learnedTo + ", and none of "
                    + days + " came later. Choose later days, or a reader that was trained on earlier ones.");
        }
        return new Known(
                score(later, progress, cancellation),
                String.format(
                        Locale.ROOT,
                        "%,d of %,d articles, those after %s, which the reader has not learned from",
                        later.size(),
                        all.size(),
                        learnedTo));
    }

    private List<Sentiment.Score> score(List<NewsArticle> read, ProgressReporter progress, Cancellation cancellation) {
        ModelBundle bundle = model.bundle();
        List<Sentiment.Score> scores = new ArrayList<>(read.size());
        try (ArticleTokens tokens = ArticleTokens.of(bundle);
                Scorer scorer = ScorerEngines.open(bundle);
                ProgressReporter.Task task = progress.begin("Reading", read.size(), "articles")) {
            bundle.checkGolden(scorer);
            double[] out = new double[Scorer.CLASSES];
            for (NewsArticle article : read) {
                cancellation.check();
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
