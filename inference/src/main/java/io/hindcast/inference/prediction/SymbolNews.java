package io.hindcast.inference.prediction;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.news.SentimentDayId;
import io.hindcast.api.news.VersionScore;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.news.ArticleHistory;
import io.hindcast.history.news.ArticleLog;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says from when on one symbol's bars know what was said of an article. Articles are read by others, at their own pace,
 * so the order in which a score and a bar reach the log says nothing to who reads it back later. Therefore a score
 * counts from a moment of its own, which is recorded: after the moments of all bars that may have been scored without
 * it. From then on the sentiment that a bar was scored with is a function of recorded moments alone.
 */
final class SymbolNews {

    /** A text that was counted earlier is older than what counts at all: told again, it changes nothing. */
    private static final long DAYS = Sentiment.WINDOW.toDays() + 1;

    private record Text(ArticleId article, int reading) {}

    private final Symbol symbol;
    private final ArticleLog articles;
    private final Set<Text> counted = new HashSet<>();
    private long latestBar = Long.MIN_VALUE;

    /** Reads from the log what counts already, and how far bars have got. */
    SymbolNews(Symbol symbol, Logs logs, LocalDate today) {
        this.symbol = symbol;
        this.articles = logs.articles();
        logs.sentiment()
                .days(symbol, today.minusDays(DAYS), today.plusDays(1))
                .forEach(score -> counted.add(new Text(score.articleId(), score.reading())));
        logs.candles()
                .days(symbol, Interval.ONE_MINUTE, today.minusDays(1), today)
                .forEach(this::passed);
    }

    private void passed(CandleDay day) {
        for (int row = 0; row < day.size(); row++) {
            latestBar = Math.max(latestBar, day.knownAt(row));
        }
    }

    /**
     * What of these bars are to know that they do not know yet.
     *
     * @param handled moment of the latest bar that was handled, in milliseconds since 1970
     */
    List<ApplyScore> count(List<ArticleScored> read, long handled) {
        latestBar = Math.max(latestBar, handled);
        List<ApplyScore> commands = new ArrayList<>();
        Set<Text> inBatch = new HashSet<>();
        for (ArticleScored event : read) {
            Text text = new Text(event.articleId(), event.reading());
            if (!counted.contains(text) && inBatch.add(text)) {
                articles.read(event.articleId())
                        .flatMap(article -> count(event, article))
                        .ifPresent(commands::add);
            }
        }
        return commands;
    }

    private Optional<ApplyScore> count(ArticleScored event, ArticleHistory article) {
        Instant firstSeen = article.symbols().get(symbol);
        if (firstSeen == null || article.repeats()) {
            return Optional.empty();
        }
        long from = Math.max(wholeMillis(event.recordedAt()), wholeMillis(firstSeen));
        Instant moment = Instant.ofEpochMilli(Math.max(from, latestBar + 1));
        VersionScore newest = event.scores().stream()
                .max(Comparator.comparingInt(score -> score.version().number()))
                .orElseThrow();
        return Optional.of(new ApplyScore(
                SentimentDayId.holding(symbol, moment),
                event.articleId(),
                event.reading(),
                newest.version(),
                firstSeen,
                moment,
                Sentiment.value(newest.probabilities())));
    }

    /** The first whole millisecond that is not before this: bars are known to the millisecond. */
    private static long wholeMillis(Instant time) {
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }

    void counted(ApplyScore command) {
        counted.add(new Text(command.articleId(), command.reading()));
    }
}
