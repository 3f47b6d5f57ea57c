package io.hindcast.ml.label;

import io.hindcast.api.prediction.Signal;

/**
 * What the market made of an article.
 *
 * @param base last close known when it was published
 * @param mean mean close of the window after
 * @param bars how many bars the mean is of
 * @param changePercent {@code 100 · (mean − base) / base}
 * @param signal what that is called by the label's threshold
 */
public record ArticleReaction(double base, double mean, int bars, double changePercent, Signal signal) {}
