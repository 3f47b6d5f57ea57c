package io.hindcast.api.model;

import java.time.Instant;

/**
 * A paired comparison of a new version's log loss with that of the version in {@code CURRENT} on the same held-out
 * rows. Differences are new minus champion, in nats a row: negative is better than the champion.
 *
 * @param champion the version in {@code CURRENT} when the comparison was made
 * @param rows rows compared, 2 or more, none of them in-sample for either version
 * @param meanDifference mean difference of the log loss
 * @param standardError of the mean difference, corrected for autocorrelation and sample size; 0 or more
 * @param lowerBound least mean difference that the rows are consistent with: lower bound of the one-sided 95 %
 *     confidence interval
 * @param pValue two-sided, of the hypothesis that both predict equally well, 0 to 1
 * @param from open time of the first row compared, or time of the first article
 * @param to open time of the last row compared, or time of the last article
 */
public record Comparison(
        VersionId champion,
        int rows,
        double meanDifference,
        double standardError,
        double lowerBound,
        double pValue,
        Instant from,
        Instant to) {

    public Comparison {
        if (rows < 2 || !(standardError >= 0) || !(pValue >= 0 && pValue <= 1) || !(lowerBound <= meanDifference)) {
            throw new IllegalArgumentException("comparison with " + champion + " over " + rows + " rows: difference "
                    + meanDifference + ", standard error " + standardError + ", bound " + lowerBound + ", p "
                    + pValue + "; expected 2 rows or more, an error of 0 or more, a bound below the difference and a"
                    + " probability");
        }
    }
}
