package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.prediction.PredictionOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Versions of one symbol read an article, all that did at once in one event.
 *
 * @param reading which text they read: 0 as it was discovered, n after the text changed for the n-th time, be it that
 *     the body was fetched or that something was corrected
 * @param scores each version once
 * @param origin of all of them
 * @param recordedAt market time
 */
@Revision("1")
public record ArticleScored(
        ArticleId articleId, int reading, List<VersionScore> scores, PredictionOrigin origin, Instant recordedAt)
        implements NewsEvent {

    /**
     * What is said later than this after the text was known is late: of the twelve hours that it is about more than a
     * glimpse has been seen.
     */
    public static final Duration LIVE_WITHIN = Duration.ofMinutes(5);

    public ArticleScored {
        scores = List.copyOf(scores);
    }

    /** Which one's bars may come to know of it. */
    public Symbol symbol() {
        return scores.getFirst().version().model().symbol();
    }

    @Override
    public Instant knownAt() {
        return recordedAt;
    }
}
