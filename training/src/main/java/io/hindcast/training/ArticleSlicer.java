package io.hindcast.training;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.history.news.ArticleHistory.Reading;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.ml.trl.NewsArticle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Slices articles out of the log, with the bars from which the market's reactions are computed. An article has the text
 * that live versions first read: the one visible shortly after it was seen. Near-duplicates of another article are left
 * out.
 */
final class ArticleSlicer {

    /** Days of bars before the first article, for the last close before it. */
    private static final int WARM_UP_DAYS = 1;

    private final MarketSlicer market;
    private final ArticleLog articles;

    ArticleSlicer(MarketSlicer market, ArticleLog articles) {
        this.market = market;
        this.articles = articles;
    }

    /**
     * Articles with their market.
     *
     * @param articles first seen within the period
     * @param market bars of the period, and of a day before
     */
    record Slice(List<NewsArticle> articles, MarketSlicer.Slice market) {}

    Slice slice(Symbol symbol, Instant from, Instant to, BooleanSupplier cancelled) {
        MarketSlicer.Slice bars = market.slice(symbol, UtcDay.of(from).minusDays(WARM_UP_DAYS), from, to, cancelled);
        Instant end = to.plus(Interval.ONE_MINUTE.length());
        List<NewsArticle> found = new ArrayList<>();
        articles.firstSeen(UtcDay.of(from), UtcDay.of(end)).forEach(id -> {
            MarketSlicer.check(cancelled);
            articles.read(id)
                    .flatMap(article -> firstReading(article, symbol, from, end))
                    .ifPresent(found::add);
        });
        return new Slice(found, bars);
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
