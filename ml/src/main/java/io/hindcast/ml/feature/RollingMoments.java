package io.hindcast.ml.feature;

/**
 * Mean and deviation of the last {@code window} values, in amortised O(1) and without the drift of a running sum: no
 * value is ever subtracted.
 *
 * <p>Values are cut into blocks of {@code window}, counted from the start of the run. A window then consists of a tail
 * of the previous block and a head of the current one. The head grows by Welford's update (Welford 1962); all tails of
 * a block are computed once when it is full; the two are combined by the formula of Chan, Golub and LeVeque (1983). The
 * order of operations depends only on the distance from the start of the run, so every fold over the same run has the
 * same bits.
 */
final class RollingMoments {

    private final int window;
    private final double[] block;
    private final double[] tailMean;
    private final double[] tailM2;
    private boolean hasTail;
    private int head;
    private double headMean;
    private double headM2;

    RollingMoments(int window) {
        this.window = window;
        this.block = new double[window];
        this.tailMean = new double[window];
        this.tailM2 = new double[window];
    }

    void restart() {
        hasTail = false;
        head = 0;
        headMean = 0;
        headM2 = 0;
    }

    void add(double value) {
        if (head == window) {
            turnBlockIntoTails();
        }
        block[head++] = value;
        double delta = value - headMean;
        headMean += delta / head;
        headM2 += delta * (value - headMean);
    }

    private void turnBlockIntoTails() {
        double mean = 0;
        double m2 = 0;
        for (int i = window - 1; i >= 0; i--) {
            double delta = block[i] - mean;
            mean += delta / (window - i);
            m2 += delta * (block[i] - mean);
            tailMean[i] = mean;
            tailM2[i] = m2;
        }
        hasTail = true;
        head = 0;
        headMean = 0;
        headM2 = 0;
    }

    /**
     * Returns whether {@code window} values were added since the restart; before that the other getters are undefined.
     */
    boolean isWhole() {
        return hasTail || head == window;
    }

    double mean() {
        if (head == window) {
            return headMean;
        }
        return tailMean[head] + (headMean - tailMean[head]) * head / window;
    }

    /** Returns the square root of the sum of squared deviations from the mean, divided by n. */
    double populationDeviation() {
        return StrictMath.sqrt(m2() / window);
    }

    /** Returns the square root of the sum of squared deviations from the mean, divided by n − 1. */
    double sampleDeviation() {
        return StrictMath.sqrt(m2() / (window - 1));
    }

    private double m2() {
        if (head == window) {
            return headM2;
        }
        double delta = headMean - tailMean[head];
        return tailM2[head] + headM2 + delta * delta * head * (window - head) / window;
    }
}
