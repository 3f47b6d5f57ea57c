package io.hindcast.api.comparison;

/**
 * A figure with its 95 % confidence interval by the block bootstrap that the answer names.
 *
 * @param value over all rows
 * @param low lower bound
 * @param high upper bound
 */
public record Estimate(double value, double low, double high) {

    /** Returns whether the interval excludes 0, so that a difference is more than chance at 5 %. */
    public boolean beyondChance() {
        return low > 0 || high < 0;
    }
}
