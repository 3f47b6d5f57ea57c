package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.prediction.Signal;
import java.time.Instant;

/**
 * What one symbol's market did after an article.
 *
 * @param percent mean close of the window against the last close before publication
 * @param windowMinutes length of the window it was measured over
 */
public record ArticleReaction(Symbol symbol, double percent, Signal signal, int windowMinutes, Instant measuredAt) {}
