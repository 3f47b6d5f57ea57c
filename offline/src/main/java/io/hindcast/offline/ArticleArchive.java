package io.hindcast.offline;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.console.Console;
import io.hindcast.console.StartFailure;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.label.ArticleReactions;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.trl.ArticleSamples;
import io.hindcast.ml.trl.ArticleTokens;
import io.hindcast.ml.trl.NewsArticle;
import io.hindcast.news.archive.NewsArchive;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Training and evaluation data of a news archive. */
final class ArticleArchive {

    private static final int DAY_MINUTES = 1440;

    private final NewsArchive archive;

    private ArticleArchive(NewsArchive archive) {
        this.archive = archive;
    }

    /** Opens an archive, and prints how many of its times are estimated. */
    static ArticleArchive open(@Nullable Path file, MarketArchive market, Console console) {
        if (file == null) {
            throw new StartFailure("trl reads articles. Name an archive of them with --news.");
        }
        NewsArchive archive = NewsArchive.open(file, List.of(market.symbol()));
        archive.estimates().ifPresent(estimates -> console.line(file.getFileName() + ": " + estimates));
        return new ArticleArchive(archive);
    }

    /** Returns the articles published on these days, each visible from the latest moment that its date can mean. */
    List<NewsArticle> on(DayRange days) {
        List<NewsArticle> articles = new ArrayList<>();
        for (LocalDate day = days.from(); !day.isAfter(days.to()); day = day.plusDays(1)) {
            archive.day(day)
                    .forEach(article -> articles.add(new NewsArticle(
                            article.url().toString(),
                            article.title(),
                            article.summary(),
                            article.published().at().toEpochMilli())));
        }
        if (articles.isEmpty()) {
            throw new StartFailure("The archive of articles holds none of " + days + ": it goes from " + archive.first()
                    + " to " + archive.last().map(Object::toString).orElse("no end") + ". Choose days within it.");
        }
        return articles;
    }

    /** Returns the market's reactions to articles of these days, measured on their bars and those a horizon before. */
    static ArticleReactions reactions(LabelSpec label, MarketArchive market, DayRange days, RunContext context) {
        long before = 1L + label.horizonBars() / DAY_MINUTES;
        return new ArticleReactions(
                label, market.bars(new DayRange(days.from().minusDays(before), days.to()), context));
    }

    /** Returns the samples of a stored model. */
    Samples samples(ModelBundle bundle, MarketArchive market, DayRange days, RunContext context) {
        try (ArticleTokens tokens = ArticleTokens.of(bundle)) {
            return ArticleSamples.of(on(days), reactions(bundle.label(), market, days, context), tokens);
        }
    }
}
