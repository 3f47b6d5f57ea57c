package io.hindcast.api.news;

/**
 * Query for the progress of a channel. Answered by an optional {@link java.time.Instant}: the latest time of
 * publication among the articles found by it, empty if there are none. May lag behind the log but is never ahead of it.
 */
public record FindNewsProgress(String channel) {}
