package io.hindcast.api.news;

import io.hindcast.api.model.VersionId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Lets the score of an article take effect in the sentiment with which bars of its symbol are scored. Answered by a
 * {@link Boolean}: false if a score of that text is in effect already, which stays.
 *
 * @param sentimentDay the symbol, and the day of {@code from}
 * @param reading number of the text, see {@link ArticleScored}
 * @param version the newest of the versions that scored the text together
 * @param firstSeen when the article was known here to be about the symbol
 * @param from market time from which bars see the score; a bar that became known earlier was scored without it
 * @param value buy minus sell, −1 to 1
 */
public record ApplyScore(
        @TargetAggregateIdentifier SentimentDayId sentimentDay,
        ArticleId articleId,
        int reading,
        VersionId version,
        Instant firstSeen,
        Instant from,
        double value) {

    public TextId text() {
        return new TextId(articleId, reading);
    }

    /** Returns the score in the form from which sentiment is computed. */
    public Sentiment.Score score() {
        return new Sentiment.Score(articleId, reading, firstSeen.toEpochMilli(), from.toEpochMilli(), value);
    }
}
