package io.hindcast.inference.prediction;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.news.Sentiment;
import io.hindcast.api.news.SentimentDayId;
import io.hindcast.api.news.TextId;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.history.market.CandleDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides from which moment on the bars of one symbol see the score of an article. Articles are scored on another
 * thread at their own pace, so the order in which a score and a bar reach the log does not show whether the bar was
 * scored with it. Therefore each score takes effect from a moment of its own, which is recorded: after the moments of
 * all bars that may have been scored without it. From then on the sentiment of a bar is a function of recorded moments
 * alone.
 */
final class ScoreEffects {

    /** A text that took effect before this many days no longer matters: repeating it would change nothing. */
    private static final long DAYS = Sentiment.WINDOW.toDays() + 1;

    private final Symbol symbol;
    private final Set<TextId> inEffect = new HashSet<>();
    private long latestBar;

    /**
     * @param inEffect texts of which a score has taken effect
     * @param latestBar moment at which the latest bar became known, milliseconds since 1970
     */
    ScoreEffects(Symbol symbol, Collection<TextId> inEffect, long latestBar) {
        this.symbol = symbol;
        this.inEffect.addAll(inEffect);
        this.latestBar = latestBar;
    }

    /** Reads from the log which scores have taken effect and which bar became known last. */
    static ScoreEffects read(Symbol symbol, FeatureSources log, LocalDate today) {
        List<TextId> inEffect = log.sentiment().days(symbol, today.minusDays(DAYS), today.plusDays(1)).stream()
                .map(ScoreTookEffect::text)
                .toList();
        long latestBar = log.candles()
                .days(symbol, Interval.ONE_MINUTE, today.minusDays(1), today)
                .mapToLong(ScoreEffects::latestBarOf)
                .reduce(Long.MIN_VALUE, Math::max);
        return new ScoreEffects(symbol, inEffect, latestBar);
    }

    private static long latestBarOf(CandleDay day) {
        long latest = Long.MIN_VALUE;
        for (int row = 0; row < day.size(); row++) {
            latest = Math.max(latest, day.knownAt(row));
        }
        return latest;
    }

    /**
     * Returns whether scores of this kind ever take effect: not those of an article that repeats another one's news.
     * Scores of a backfill, by a version that may have seen the outcome, are other events.
     */
    static boolean isEligible(ArticleScored event) {
        return event.origin() != PredictionOrigin.RECONCILED && !event.repeats();
    }

    /**
     * Returns the scores that take effect now, each text once.
     *
     * @param handled moment at which the latest bar handled here became known, milliseconds since 1970
     */
    List<ApplyScore> decide(List<ArticleScored> scored, long handled) {
        latestBar = Math.max(latestBar, handled);
        List<ApplyScore> decided = new ArrayList<>();
        Set<TextId> inBatch = new HashSet<>();
        for (ArticleScored event : scored) {
            if (isEligible(event) && !inEffect.contains(event.text()) && inBatch.add(event.text())) {
                decided.add(effectOf(event));
            }
        }
        return decided;
    }

    private ApplyScore effectOf(ArticleScored event) {
        long earliest = Math.max(wholeMillis(event.recordedAt()), wholeMillis(event.firstSeen()));
        Instant from = Instant.ofEpochMilli(Math.max(earliest, latestBar + 1));
        VersionScore newest = event.scores().stream()
                .max(Comparator.comparingInt(score -> score.version().number()))
                .orElseThrow();
        return new ApplyScore(
                SentimentDayId.holding(symbol, from),
                event.articleId(),
                event.reading(),
                newest.version(),
                event.firstSeen(),
                from,
                Sentiment.value(newest.probabilities()));
    }

    /** Rounds up to a millisecond, the unit of the moments at which bars become known. */
    private static long wholeMillis(Instant time) {
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }

    /** Records that a score has taken effect in the log. */
    void applied(ApplyScore command) {
        inEffect.add(command.text());
    }
}
