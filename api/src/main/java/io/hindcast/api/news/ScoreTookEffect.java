package io.hindcast.api.news;

import io.hindcast.api.model.VersionId;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A score of an article counts in the sentiment that bars of its symbol are scored with.
 *
 * @param reading which text of the article, see {@link ArticleScored}
 * @param version the newest of those that read it when it was known
 * @param firstSeen when the article was known to be about the symbol
 * @param from market time from which bars know it: one that became known before was scored without it
 * @param value buy minus sell, −1 to 1
 */
@Revision("1")
public record ScoreTookEffect(
        SentimentDayId sentimentDay,
        ArticleId articleId,
        int reading,
        VersionId version,
        Instant firstSeen,
        Instant from,
        double value)
        implements NewsEvent {

    @Override
    public Instant knownAt() {
        return from;
    }

    /** As what bars know of the news is computed from. */
    public Sentiment.Score score() {
        return new Sentiment.Score(articleId, reading, firstSeen.toEpochMilli(), from.toEpochMilli(), value);
    }
}
