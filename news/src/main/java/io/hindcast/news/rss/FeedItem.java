package io.hindcast.news.rss;

import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import java.util.Optional;

/**
 * An item of a feed, as plain text.
 *
 * @param tags categories in one text
 * @param body full text if the feed carries it, else empty
 */
record FeedItem(
        ArticleUrl link, String title, String summary, String tags, Optional<PublishedTime> published, String body) {}
