package io.hindcast.ml.drift;

/**
 * Distances between two distributions.
 *
 * @param psi population stability index, 0 or more
 * @param ks Kolmogorov–Smirnov distance of the values that are not missing, 0 to 1
 */
public record Distance(double psi, double ks) {

    /**
     * Rows added to each bin, so that an empty one has a finite logarithm: Jeffreys' prior of a multinomial
     * distribution.
     */
    private static final double PRIOR = 0.5;

    /**
     * Returns the distances between two sketches with the same edges, each of one value or more.
     *
     * <p>The population stability index is Σ (a − e) · ln(a / e) over the bins' shares a and e (Siddiqi, Credit risk
     * scorecards, 2006), the symmetrised Kullback–Leibler divergence of Jeffreys (1946); missing values are a bin of
     * their own. By convention below 0.1 is stable and above 0.25 has shifted; without a shift it is about (bins − 1) ·
     * (1/n + 1/m) for samples of n and m independent values (Yurdakul and Naranjo, Statistical properties of the
     * population stability index, Journal of Risk Model Validation 14, 2020).
     *
     * <p>The Kolmogorov–Smirnov distance is the greatest difference of the two cumulative shares (Kolmogorov 1933,
     * Smirnov 1948), here over the edges only: at most the exact distance, and at most the largest bin's share below
     * it.
     */
    public static Distance between(Sketch expected, Sketch actual) {
        expected.requireSameEdges(actual);
        if (expected.size() == 0 || actual.size() == 0) {
            throw new IllegalArgumentException(
                    "sketches of " + expected.size() + " and " + actual.size() + " values, expected 1 or more in each");
        }
        return new Distance(psi(expected, actual), ks(expected, actual));
    }

    private static double psi(Sketch expected, Sketch actual) {
        int bins = expected.counts().size();
        boolean missing = expected.missing() + actual.missing() > 0;
        double prior = PRIOR * (bins + (missing ? 1 : 0));
        double e = expected.size() + prior;
        double a = actual.size() + prior;
        double sum = missing ? term((expected.missing() + PRIOR) / e, (actual.missing() + PRIOR) / a) : 0;
        for (int bin = 0; bin < bins; bin++) {
            sum += term(
                    (expected.counts().get(bin) + PRIOR) / e, (actual.counts().get(bin) + PRIOR) / a);
        }
        return sum;
    }

    private static double term(double expected, double actual) {
        return (actual - expected) * StrictMath.log(actual / expected);
    }

    private static double ks(Sketch expected, Sketch actual) {
        double most = 0;
        double e = 0;
        double a = 0;
        if (expected.present() == 0 || actual.present() == 0) {
            return 0;
        }
        for (int bin = 0; bin < expected.counts().size(); bin++) {
            e += (double) expected.counts().get(bin) / expected.present();
            a += (double) actual.counts().get(bin) / actual.present();
            most = Math.max(most, Math.abs(e - a));
        }
        return most;
    }
}
