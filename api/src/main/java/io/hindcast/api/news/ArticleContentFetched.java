package io.hindcast.api.news;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * The body of an article was fetched for the first time.
 *
 * @param body plain text, paragraphs separated by an empty line
 */
@Revision("1")
public record ArticleContentFetched(ArticleId articleId, String body, Instant fetchedAt) implements NewsEvent {
    @Override
    public Instant knownAt() {
        return fetchedAt;
    }
}
