package io.hindcast.training;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.history.news.ArticleHistory.Reading;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.trl.NewsArticle;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts articles out of the log, with the bars that tell the market's reactions. An article is what live versions first
 * read of it: its text as it was known shortly after it was seen. Those that repeat another one's news are left out.
 */
final class ArticleSlicer {

    private static final Duration BEFORE = Duration.ofDays(1);

    private final CandleLog candles;
    private final ArticleLog articles;

    ArticleSlicer(CandleLog candles, ArticleLog articles) {
        this.candles = candles;
        this.articles = articles;
    }

    /**
     * @param articles first seen within the time asked for
     * @param bars every revision of every bar of that time, and of a day before
     * @param position last candle event that could have gone into it
     */
    record Slice(List<NewsArticle> articles, List<KnownBar> bars, LogPosition position) {}

    Slice slice(Symbol symbol, Instant from, Instant to, BooleanSupplier cancelled) {
        List<KnownBar> bars = new ArrayList<>();
        LogPosition position = null;
        Instant end = to.plus(Interval.ONE_MINUTE.length());
        Iterator<CandleDay> days = candles.days(symbol, Interval.ONE_MINUTE, dayOf(from.minus(BEFORE)), dayOf(to))
                .iterator();
        while (days.hasNext()) {
            check(cancelled);
            CandleDay day = days.next();
            position = latest(position, day);
            for (int row = 0; row < day.size(); row++) {
                if (day.openTime(row) <= to.toEpochMilli()) {
                    bars.add(DatasetSlicer.known(day, row));
                }
            }
        }
        if (position == null) {
            throw new IllegalArgumentException(
                    "no candles of " + symbol + " are recorded from " + from + " to " + to + ": import history first");
        }
        List<NewsArticle> found = new ArrayList<>();
        articles.firstSeen(dayOf(from), dayOf(end)).forEach(id -> {
            check(cancelled);
            articles.read(id)
                    .flatMap(article -> learned(article, symbol, from, end))
                    .ifPresent(found::add);
        });
        return new Slice(found, bars, position);
    }

    private static Optional<NewsArticle> learned(ArticleHistory article, Symbol symbol, Instant from, Instant end) {
        Instant seen = article.symbols().get(symbol);
        if (seen == null || article.repeats() || seen.isBefore(from) || !seen.isBefore(end)) {
            return Optional.empty();
        }
        Instant readBy = seen.plus(ArticleScored.LIVE_WITHIN);
        return article.asOf(readBy.isBefore(end) ? readBy : end).map(reading -> learned(article, reading, seen));
    }

    private static NewsArticle learned(ArticleHistory article, Reading reading, Instant seen) {
        return new NewsArticle(
                article.id().toString(),
                reading.title(),
                reading.text(),
                article.discovered().published().at().toEpochMilli(),
                seen.toEpochMilli());
    }

    private static @Nullable LogPosition latest(@Nullable LogPosition position, CandleDay day) {
        return day.position().orElse(position);
    }

    private static void check(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("slicing was cancelled");
        }
    }

    private static LocalDate dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
