package io.hindcast.feeds.market;

import java.net.URI;

/**
 * A trading venue: an exchange's interfaces, the markets to follow there, and its part in going live.
 *
 * @param rest base address of the REST interface
 * @param streams base address of the WebSocket streams
 * @param plan markets to follow and how much of their past
 * @param hook called as the feed goes live
 */
public record Venue(URI rest, URI streams, FeedPlan plan, GoLiveHook hook) {}
