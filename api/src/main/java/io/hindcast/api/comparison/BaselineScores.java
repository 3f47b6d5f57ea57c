package io.hindcast.api.comparison;

/**
 * Predictors without a model on the same rows. The constant ones use the frequencies of these rows' outcomes, which
 * nobody could have had beforehand: they are the best constants there are.
 *
 * @param majorityAccuracy accuracy of always predicting the most frequent outcome
 * @param majorityMacroF1 its macro-F1
 * @param previousSignAccuracy accuracy of repeating the direction of the bar's own change
 * @param previousSignMacroF1 its macro-F1
 * @param constantLogLoss log loss of predicting the frequencies of the outcomes
 * @param constantBrier its Brier score
 * @param previousSignProfit profit after fees of repeating the direction of the bar's own change
 * @param buyAndHoldProfit profit after fees of buying at the first row and holding
 */
public record BaselineScores(
        double majorityAccuracy,
        double majorityMacroF1,
        double previousSignAccuracy,
        double previousSignMacroF1,
        double constantLogLoss,
        double constantBrier,
        double previousSignProfit,
        double buyAndHoldProfit) {}
