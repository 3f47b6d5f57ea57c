package io.hindcast.training.dataset;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.history.news.ArticleHistory.Reading;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.ml.trl.NewsArticle;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Slices articles out of the log. An article has the text that live versions first read: the one visible shortly after
 * it was seen. Near-duplicates of another article are left out.
 */
public final class ArticleSlicer {

    private final ArticleLog articles;

    public ArticleSlicer(ArticleLog articles) {
        this.articles = articles;
    }

    /**
     * Passes on the articles first seen from {@code from} to the end of the bar that opens at {@code to}, in the order
     * in which they were recorded.
     *
     * @param cancelled checked before every article
     */
    void slice(Symbol symbol, Instant from, Instant to, BooleanSupplier cancelled, Consumer<NewsArticle> sink) {
        Instant end = to.plus(Interval.ONE_MINUTE.length());
        articles.firstSeen(UtcDay.of(from), UtcDay.of(end)).forEach(id -> {
            SourceDays.check(cancelled);
            articles.read(id)
                    .flatMap(article -> firstReading(article, symbol, from, end))
                    .ifPresent(sink);
        });
    }

    private static Optional<NewsArticle> firstReading(
            ArticleHistory article, Symbol symbol, Instant from, Instant end) {
        Instant seen = article.symbols().get(symbol);
        if (seen == null || article.repeats() || seen.isBefore(from) || !seen.isBefore(end)) {
            return Optional.empty();
        }
        Instant readBy = seen.plus(ArticleScored.LIVE_WITHIN);
        return article.asOf(readBy.isBefore(end) ? readBy : end).map(reading -> newsArticle(article, reading, seen));
    }

    private static NewsArticle newsArticle(ArticleHistory article, Reading reading, Instant seen) {
        return new NewsArticle(
                article.id().toString(),
                reading.title(),
                reading.text(),
                article.discovered().published().at().toEpochMilli(),
                seen.toEpochMilli());
    }
}
