package io.hindcast.ml.feature;

/**
 * State of a feature set over one unbroken run of bars, advanced one bar at a time in O(1). Two folds that received the
 * same bars since their last restart have the same bits. {@link PointInTimeFeatures} calls it: after a restart
 * {@link #add} for each bar, and {@link #read} after an {@code add}. Not thread-safe.
 */
interface FeatureFold {

    /** Adds the bar that directly follows the previous one. */
    void add(Bar bar);

    /** Clears the state: the next bar begins a new run. */
    void restart();

    /** Writes the features of the bar added last. */
    void read(double[] out);
}
