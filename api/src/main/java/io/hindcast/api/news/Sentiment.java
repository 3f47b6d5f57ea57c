package io.hindcast.api.news;

import io.hindcast.api.prediction.Probabilities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How the news about one symbol sounds to one version at any moment: the mean of buy minus sell over the articles first seen in the
 * {@link #WINDOW} before, each weighted by half for every {@link #HALF_LIFE} since. Of an article whose text changed the last score of a
 * text that was known by then counts.
 *
 * <p>A value is a function of what was known at its moment, summed in the order in which that became known: nothing that is seen later
 * changes it, wherever a computation begins. Immutable and thread-safe.
 */
public final class Sentiment {

    /** After which time an article counts half. */
    public static final Duration HALF_LIFE = Duration.ofHours(24);

    /** For how long it counts at all: its weight is below 1 % then. */
    public static final Duration WINDOW = Duration.ofDays(7);

    private static final double DECAY = StrictMath.log(2) / HALF_LIFE.toMillis();

    private final List<Score> scores;

    /**
     * What a version made of one text of an article.
     *
     * @param firstSeen when the article was known to be about the symbol, milliseconds since 1970
     * @param from when this text was, never before that
     * @param to when the next text that was scored took its place; {@link Long#MAX_VALUE} if none did
     * @param value buy minus sell, −1 to 1
     */
    public record Score(ArticleId articleId, long firstSeen, long from, long to, double value) {}

    /**
     * The sentiment of a moment.
     *
     * @param value −1 to 1; NaN if there is no article
     * @param articles how many counted
     */
    public record Point(double value, int articles) {}

    /** @param scores in any order */
    public Sentiment(List<Score> scores) {
        List<Score> sorted = new ArrayList<>(scores);
        sorted.sort(Comparator.comparingLong(Score::from).thenComparing(Score::articleId));
        this.scores = List.copyOf(sorted);
    }

    /** What probabilities say as one number. */
    public static double value(Probabilities probabilities) {
        return probabilities.buy() - probabilities.sell();
    }

    /** At this moment, milliseconds since 1970: what is known then counts. */
    public Point at(long time) {
        long oldest = time - WINDOW.toMillis();
        double sum = 0;
        double weights = 0;
        int articles = 0;
        for (int i = firstAfter(oldest); i < scores.size() && scores.get(i).from() <= time; i++) {
            Score score = scores.get(i);
            if (score.to() > time && score.firstSeen() > oldest) {
                double weight = StrictMath.exp(-DECAY * (time - score.firstSeen()));
                sum += weight * score.value();
                weights += weight;
                articles++;
            }
        }
        return new Point(articles == 0 ? Double.NaN : sum / weights, articles);
    }

    /** Place of the first score of a text known after this. */
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
