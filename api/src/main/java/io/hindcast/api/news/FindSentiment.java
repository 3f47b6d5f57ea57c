package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query for the {@link Sentiment} of the news about a symbol, for each live version that scores it, from {@code from}
 * up to and not including {@code to}. Answered by a {@link SentimentChart}.
 *
 * @param maxPoints most points for each version, 1 to 5000
 * @param asOf market time; empty for now
 */
public record FindSentiment(Symbol symbol, Instant from, Instant to, int maxPoints, Optional<Instant> asOf) {
    /** A query for now. */
    public FindSentiment(Symbol symbol, Instant from, Instant to, int maxPoints) {
        this(symbol, from, to, maxPoints, Optional.empty());
    }
}
