package io.hindcast.ml.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * McNemar's test of whether two predictors are right equally often, from the rows on which only one of them is right
 * (McNemar, Note on the sampling error of the difference between correlated proportions or percentages, Psychometrika
 * 12, 1947). Rows are taken to be independent of one another; a block bootstrap of the difference in accuracy makes no
 * such assumption.
 *
 * @param onlyFirst rows on which only the first predictor is right, 0 or more
 * @param onlySecond rows on which only the second is right, 0 or more
 */
public record McNemar(long onlyFirst, long onlySecond) {

    /** Number of such rows below which the p-value is the exact one of the binomial distribution. */
    public static final long EXACT_BELOW = 25;

    public McNemar {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException(
                    "counts of rows were " + onlyFirst + " and " + onlySecond + ", expected 0 or more");
        }
    }

    /** Returns whether the p-value is exact, as against an approximation by χ². */
    public boolean isExact() {
        return onlyFirst + onlySecond < EXACT_BELOW;
    }

    /**
     * Returns {@code (|b − c| − 1)² / (b + c)}, with the continuity correction of Edwards (Note on the "correction for
     * continuity" in testing the significance of the difference between correlated proportions, Psychometrika 13,
     * 1948); 0 if b = c.
     */
    public double statistic() {
        double beyond = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1.0);
        return onlyFirst == onlySecond ? 0 : beyond * beyond / (onlyFirst + onlySecond);
    }

    /**
     * Returns the two-sided p-value of the hypothesis that both are right equally often: twice the smaller tail of the
     * binomial distribution with p = 1/2, or the upper tail of χ² of one degree of freedom.
     */
    public double pValue() {
        if (onlyFirst == onlySecond) {
            return 1;
        }
        if (isExact()) {
            BinomialDistribution rows = BinomialDistribution.of((int) (onlyFirst + onlySecond), 0.5);
            return Math.min(1, 2 * rows.cumulativeProbability((int) Math.min(onlyFirst, onlySecond)));
        }
        return ChiSquaredDistribution.of(1).survivalProbability(statistic());
    }
}
