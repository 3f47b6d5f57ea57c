package io.hindcast.feeds.news.rss;

import io.hindcast.api.news.ArticleUrl;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a feed, as plain text.
 *
 * @param tags its categories, one text
 * @param body its whole text if the feed carries it, else empty
 */
record FeedItem(ArticleUrl link, String title, String summary, String tags, Optional<Instant> published, String body) {}
