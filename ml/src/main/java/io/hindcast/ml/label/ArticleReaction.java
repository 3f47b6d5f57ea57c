package io.hindcast.ml.label;

import io.hindcast.api.prediction.Signal;

/**
 * Reaction of the market to an article.
 *
 * @param base last close known when it was published
 * @param mean mean close of the window after publication
 * @param bars number of bars in the mean
 * @param changePercent {@code 100 · (mean − base) / base}
 * @param signal class of the change by the label's threshold
 */
public record ArticleReaction(double base, double mean, int bars, double changePercent, Signal signal) {}
