package io.hindcast.ml.trl;

import java.time.Instant;

/**
 * An article for training.
 *
 * @param id unique, such as the canonical URL
 * @param title plain text
 * @param body plain text, may be empty
 * @param publishedAt epoch milliseconds UTC
 * @param firstSeenAt when it was first seen here, epoch milliseconds UTC, not before its publication; imported history
 *     counts as seen when it was published
 */
public record NewsArticle(String id, String title, String body, long publishedAt, long firstSeenAt) {

    public NewsArticle {
        if (firstSeenAt < publishedAt) {
            throw new IllegalArgumentException("article " + id + " was first seen at "
                    + Instant.ofEpochMilli(firstSeenAt) + ", expected not before its publication at "
                    + Instant.ofEpochMilli(publishedAt));
        }
    }

    /** Creates an article that was seen when it was published. */
    public NewsArticle(String id, String title, String body, long publishedAt) {
        this(id, title, body, publishedAt, publishedAt);
    }
}
