package io.hindcast.ml.feature;

/**
 * Recursive mean: the plain mean of the first {@code n} values, then {@code m += alpha · (x − m)}. With {@code alpha =
 * 2 / (n + 1)} it is the exponential moving average, with {@code alpha = 1 / n} Wilder's smoothing (Wilder, New
 * Concepts in Technical Trading Systems, 1978), which also starts with the plain mean.
 */
final class Smoothed {

    private final int length;
    private final double alpha;
    private int count;
    private double mean;

    private Smoothed(int length, double alpha) {
        this.length = length;
        this.alpha = alpha;
    }

    static Smoothed exponential(int length) {
        return new Smoothed(length, 2.0 / (length + 1));
    }

    static Smoothed wilder(int length) {
        return new Smoothed(length, 1.0 / length);
    }

    void restart() {
        count = 0;
        mean = 0;
    }

    void add(double value) {
        if (count < length) {
            count++;
            mean += (value - mean) / count;
        } else {
            mean += alpha * (value - mean);
        }
    }

    /** Returns whether {@code n} values were added since the restart; before that the value is undefined. */
    boolean isWarm() {
        return count == length;
    }

    double value() {
        return mean;
    }
}
