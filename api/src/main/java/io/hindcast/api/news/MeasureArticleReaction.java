package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports the reaction of a symbol's market to an article about it. The first measurement for a symbol stays; later
 * ones are dropped.
 *
 * @param baseClose close of the last bar that closed at or before publication, above 0
 * @param meanClose mean close of the window's bars, above 0
 * @param bars number of bars in the mean, from 1 to the window's minutes
 * @param measuredAt market time, not before the end of the window
 */
public record MeasureArticleReaction(
        @TargetAggregateIdentifier ArticleId articleId,
        Symbol symbol,
        ReactionSpec spec,
        BigDecimal baseClose,
        double meanClose,
        int bars,
        Instant measuredAt) {}
