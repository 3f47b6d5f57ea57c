package io.hindcast.news.rss;

import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.PublishedTime;
import java.util.Optional;

/**
 * One entry of a feed, as plain text.
 *
 * @param tags its categories, one text
 * @param body its whole text if the feed carries it, else empty
 */
record FeedItem(
        ArticleUrl link, String title, String summary, String tags, Optional<PublishedTime> published, String body) {}
