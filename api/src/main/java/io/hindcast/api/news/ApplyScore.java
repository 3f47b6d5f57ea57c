package io.hindcast.api.news;

import io.hindcast.api.model.VersionId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Has a score of an article count in the sentiment that bars of its symbol are scored with. Answered by a
 * {@link Boolean}: false if that text counts already, which stays.
 *
 * @param sentimentDay the symbol, and the day of {@code from}
 * @param reading which text of the article, see {@link ArticleScored}
 * @param version the newest of those that read it when it was known
 * @param firstSeen when the article was known to be about the symbol
 * @param from market time from which bars know it: one that became known before was scored without it
 * @param value buy minus sell, −1 to 1
 */
public record ApplyScore(
        @TargetAggregateIdentifier SentimentDayId sentimentDay,
        ArticleId articleId,
        int reading,
        VersionId version,
        Instant firstSeen,
        Instant from,
        double value) {}
