package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;

/**
 * Query for the {@link Sentiment} of the news about a symbol, for each live version that scores it, from {@code from}
 * up to and not including {@code to}. Answered by a {@link SentimentChart}.
 *
 * @param maxPoints most points for each version, 1 to 5000
 */
public record FindSentiment(Symbol symbol, Instant from, Instant to, int maxPoints) {}
