package io.hindcast.api.news;

import io.hindcast.api.prediction.Probabilities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sentiment of the news about one symbol at any moment: the mean of buy minus sell over the articles first seen in the
 * {@link #WINDOW} before, each weighted by half for every {@link #HALF_LIFE} since. An article whose text changed
 * counts with the score of the newest text known by then.
 *
 * <p>A value is a function of the scores known at its moment, summed in the order in which they became known. Later
 * scores never change it, wherever a computation begins. Immutable and thread-safe.
 */
public final class Sentiment {

    /** Time after which an article counts half. */
    public static final Duration HALF_LIFE = Duration.ofHours(24);

    /** Time after which an article no longer counts; its weight is below 1 % then. */
    public static final Duration WINDOW = Duration.ofDays(7);

    private static final double DECAY = StrictMath.log(2) / HALF_LIFE.toMillis();

    private static final Comparator<Score> IN_ORDER = Comparator.comparingLong(Score::from)
            .thenComparing(Score::articleId)
            .thenComparingInt(Score::reading);

    /** Scores in the order in which they became known. */
    private final List<Score> scores;
    /** For each score, when that of a newer text replaced it; {@link Long#MAX_VALUE} if none did. */
    private final long[] to;

    /**
     * The score of one text of an article.
     *
     * @param reading number of the text, see {@link ArticleScored}
     * @param firstSeen when the article was known to be about the symbol, milliseconds since 1970
     * @param from when this score became known, not before {@code firstSeen}, milliseconds since 1970
     * @param value buy minus sell, −1 to 1
     */
    public record Score(ArticleId articleId, int reading, long firstSeen, long from, double value) {}

    /**
     * The sentiment of a moment.
     *
     * @param value −1 to 1; NaN without articles
     * @param weight sum of the articles' weights, a measure of the amount of news, 0 or more; an article seen just now
     *     weighs 1
     * @param articles number of articles that count
     */
    public record Point(double value, double weight, int articles) {}

    /** @param scores in any order */
    public Sentiment(Collection<Score> scores) {
        List<Score> sorted = new ArrayList<>(scores);
        sorted.sort(IN_ORDER);
        this.scores = List.copyOf(sorted);
        this.to = new long[sorted.size()];
        Arrays.fill(to, Long.MAX_VALUE);
        Map<ArticleId, Integer> newest = new HashMap<>();
        for (int i = 0; i < to.length; i++) {
            Score score = sorted.get(i);
            Integer before = newest.get(score.articleId());
            if (before != null && sorted.get(before).reading() > score.reading()) {
                to[i] = score.from();
            } else {
                newest.put(score.articleId(), i);
                if (before != null) {
                    to[before] = score.from();
                }
            }
        }
    }

    /** Returns probabilities as one number from −1 to 1. */
    public static double value(Probabilities probabilities) {
        return probabilities.buy() - probabilities.sell();
    }

    /** Returns the sentiment of a moment, in milliseconds since 1970, from the scores known then. */
    public Point at(long time) {
        long oldest = time - WINDOW.toMillis();
        double sum = 0;
        double weights = 0;
        int articles = 0;
        for (int i = firstAfter(oldest); i < scores.size() && scores.get(i).from() <= time; i++) {
            Score score = scores.get(i);
            if (to[i] > time && score.firstSeen() > oldest) {
                double weight = StrictMath.exp(-DECAY * (time - score.firstSeen()));
                sum += weight * score.value();
                weights += weight;
                articles++;
            }
        }
        return new Point(articles == 0 ? Double.NaN : sum / weights, weights, articles);
    }

    /** Returns the index of the first score that became known after a time. */
    private int firstAfter(long time) {
        int low = 0;
        int high = scores.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (scores.get(middle).from() <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
