package io.hindcast.api.news;

import io.hindcast.api.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Reports how a symbol's market reacted to an article that is about it. The first measurement of a symbol stays,
 * whatever comes after is dropped.
 *
 * @param baseClose close of the last bar that closed at or before publication, above 0
 * @param meanClose mean close of the window's bars, above 0
 * @param bars how many bars the mean is of, from 1 to the window's minutes
 * @param measuredAt market time, not before the window was over
 */
public record MeasureArticleReaction(
        @TargetAggregateIdentifier ArticleId articleId,
        Symbol symbol,
        ReactionSpec spec,
        BigDecimal baseClose,
        double meanClose,
        int bars,
        Instant measuredAt) {}
