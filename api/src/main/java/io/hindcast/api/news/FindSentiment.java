package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;

/**
 * Query: how the news about a symbol sounded, for each live version that reads it, from {@code from} up to and not
 * including {@code to}. Answered by a {@link SentimentChart}; what is computed is a {@link Sentiment}.
 *
 * @param maxPoints wanted at most for each version, 1 to 5000
 */
public record FindSentiment(Symbol symbol, Instant from, Instant to, int maxPoints) {}
