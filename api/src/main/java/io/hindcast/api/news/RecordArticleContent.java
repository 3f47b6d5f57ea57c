package io.hindcast.api.news;

import io.hindcast.api.WellFormedText;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports the body of an article. The first one is recorded, the same one dropped, a different one recorded as a new
 * revision.
 *
 * @param body plain text, 1 to 100,000 characters
 * @param fetchedAt market time, not before the article was first seen
 */
public record RecordArticleContent(
        @TargetAggregateIdentifier ArticleId articleId, String body, Instant fetchedAt) {
    public RecordArticleContent {
        body = WellFormedText.of(body);
    }
}
