package io.hindcast.ml.feature;

/**
 * The state of a feature set over one unbroken run of bars, advanced a bar at a time in O(1). Two folds that were given
 * the same bars since their last restart hold the same bits.
 */
interface FeatureFold {

    /** Takes in the bar that follows directly on the one before. */
    void add(Bar bar);

    /** Forgets everything: the next bar begins a new run. */
    void restart();

    /** Writes the features of the bar added last. */
    void read(double[] out);
}
