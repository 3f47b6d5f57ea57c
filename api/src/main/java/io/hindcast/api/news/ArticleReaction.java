package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.prediction.Signal;
import java.time.Instant;

/**
 * The reaction of one symbol's market to an article.
 *
 * @param percent mean close of the window against the last close before publication
 * @param windowMinutes length of the window
 */
public record ArticleReaction(Symbol symbol, double percent, Signal signal, int windowMinutes, Instant measuredAt) {}
