package io.hindcast.api.comparison;

/**
 * Scores of predictions with outcomes.
 *
 * @param rows predictions scored, 1 or more
 * @param accuracy share of right signals, 0 to 1
 * @param macroF1 unweighted mean of the classes' F1, 0 to 1
 * @param logLoss mean of −ln p(outcome), 0 or more
 * @param brier mean squared distance of the three probabilities from the outcome (Brier, Verification of forecasts
 *     expressed in terms of probability, 1950), 0 to 2
 * @param calibrationError expected calibration error over 15 equal-width bins (Guo et al. 2017), 0 to 1
 */
public record Scores(
        long rows, double accuracy, double macroF1, double logLoss, double brier, double calibrationError) {}
