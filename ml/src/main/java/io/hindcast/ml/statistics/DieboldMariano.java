package io.hindcast.ml.statistics;

import io.hindcast.ml.statistics.StationaryBootstrap.Interval;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A paired test of whether two predictors have the same expected loss, from the difference of their losses row by row.
 *
 * <p>The statistic is that of Diebold and Mariano (Comparing predictive accuracy, Journal of Business & Economic
 * Statistics 13, 1995): the mean difference over its standard error. Outcomes that overlap make the differences of
 * neighbouring rows dependent, so the variance is the long-run variance with Bartlett weights (Newey and West, A
 * simple, positive semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix, Econometrica 55,
 * 1987)
 *
 * <pre>V = γ(0) + 2 Σ (1 − k / (L + 1)) γ(k), k = 1 … L</pre>
 *
 * over γ(k) = 1/n Σ (d(t) − d̄)(d(t−k) − d̄). The lag L is the greater of the overlap h − 1 and of ⌊4 (n/100)^(2/9)⌋
 * (Newey and West, Automatic lag selection in covariance matrix estimation, Review of Economic Studies 61, 1994). Small
 * samples are corrected as by Harvey, Leybourne and Newbold (Testing the equality of prediction mean squared errors,
 * International Journal of Forecasting 13, 1997): the statistic is multiplied by √((n + 1 − 2h + h(h − 1)/n) / n) and
 * compared with Student's t of n − 1 degrees of freedom.
 *
 * @param rows n, 2 or more
 * @param lag L, 0 or more
 * @param mean mean difference
 * @param standardError of the mean, the small-sample correction included; infinite if the horizon leaves no independent
 *     rows
 */
public record DieboldMariano(int rows, int lag, double mean, double standardError) {

    /** Confidence of {@link #lowerBound}. */
    public static final double CONFIDENCE = 0.95;

    /**
     * Tests differences.
     *
     * @param differences loss of one predictor less that of the other, in order of time
     * @param horizon h: number of consecutive rows whose outcomes overlap, 1 if none do
     * @throws IllegalArgumentException for fewer than 2 rows, or a horizon below 1
     */
    public static DieboldMariano of(double[] differences, int horizon) {
        int n = differences.length;
        if (n < 2 || horizon < 1) {
            throw new IllegalArgumentException(
                    n + " rows with a horizon of " + horizon + ", expected 2 rows or more and 1 or more");
        }
        int lag = Math.min(n - 1, Math.max(horizon - 1, (int) (4 * StrictMath.pow(n / 100.0, 2.0 / 9))));
        double sum = 0;
        for (double difference : differences) {
            sum += difference;
        }
        double mean = sum / n;
        double variance = covariance(differences, mean, 0);
        for (int k = 1; k <= lag; k++) {
            variance += 2 * (1 - k / (lag + 1.0)) * covariance(differences, mean, k);
        }
        double h = Math.min(horizon, n);
        double correction = (n + 1 - 2 * h + h * (h - 1) / n) / n;
        return new DieboldMariano(n, lag, mean, StrictMath.sqrt(Math.max(0, variance) / n / Math.max(0, correction)));
    }

    private static double covariance(double[] differences, double mean, int lag) {
        double sum = 0;
        for (int t = lag; t < differences.length; t++) {
            sum += (differences[t] - mean) * (differences[t - lag] - mean);
        }
        return sum / differences.length;
    }

    /** Returns the statistic: the mean over its standard error; 0 for two predictors without any difference. */
    public double statistic() {
        return mean == 0 ? 0 : mean / standardError;
    }

    /** Returns the two-sided p-value of the hypothesis that the expected difference is zero, 0 to 1. */
    public double pValue() {
        return Math.min(1, 2 * student().survivalProbability(Math.abs(statistic())));
    }

    /**
     * Returns the lower bound of the one-sided confidence interval of the expected difference, at {@link #CONFIDENCE}.
     */
    public double lowerBound() {
        return standardError == 0 ? mean : mean - student().inverseCumulativeProbability(CONFIDENCE) * standardError;
    }

    /** Returns the two-sided confidence interval of the expected difference, at {@link #CONFIDENCE}. */
    public Interval interval() {
        double reach =
                standardError == 0 ? 0 : student().inverseCumulativeProbability((1 + CONFIDENCE) / 2) * standardError;
        return new Interval(mean - reach, mean + reach);
    }

    private TDistribution student() {
        return TDistribution.of(rows - 1);
    }
}
