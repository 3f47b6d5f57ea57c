package io.hindcast.ml.feature;

/**
 * One column of a feature set.
 *
 * @param name unique in its set, such as {@code rsi_14}
 * @param formula the computation with every parameter, over the unbroken run of bars that ends at the scored one. It is
 *     part of the feature set's hash: whoever changes a formula must change this text, or stored models read other
 *     features under the same hash
 * @param unstableBars number of bars at the start of a run without a value ({@code NaN}), while the indicator warms up;
 *     like ta4j's {@code getCountOfUnstableBars}
 */
public record Feature(String name, String formula, int unstableBars) {}
