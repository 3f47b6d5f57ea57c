package io.hindcast.api.news;

/**
 * Query: how far a channel has come. Answered by an optional {@link java.time.Instant}: the latest time of publication
 * among the articles that came by it, empty if none did. May lag behind the log, never run ahead of it.
 */
public record FindNewsProgress(String channel) {}
