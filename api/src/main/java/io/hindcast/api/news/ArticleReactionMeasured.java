package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.prediction.Signal;
import java.math.BigDecimal;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * The market's reaction to an article was measured; once for each symbol that the article is about.
 *
 * @param baseClose close of the last bar that closed at or before publication
 * @param meanClose mean close of the window's bars
 * @param bars number of bars in the mean; fewer than the window has minutes if bars are missing
 * @param percent the reaction, 100·(meanClose − baseClose) / baseClose
 * @param signal class of the reaction by the threshold of {@code spec}
 * @param measuredAt market time, not before the end of the window
 */
@Revision("1")
public record ArticleReactionMeasured(
        ArticleId articleId,
        Symbol symbol,
        ReactionSpec spec,
        BigDecimal baseClose,
        double meanClose,
        int bars,
        double percent,
        Signal signal,
        Instant measuredAt)
        implements NewsEvent {
    @Override
    public Instant knownAt() {
        return measuredAt;
    }
}
