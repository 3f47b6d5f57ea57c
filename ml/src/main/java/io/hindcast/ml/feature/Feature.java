package io.hindcast.ml.feature;

/**
 * One column of a feature set.
 *
 * @param name unique in its set, such as {@code rsi_14}
 * @param formula what it computes, with every parameter, over the unbroken run of bars that ends at the scored one;
 *     part of the feature set's hash, so that changing a formula without changing this text is the one way to break it
 * @param unstableBars how many bars at the start of a run have no value ({@code NaN}) because the indicator has not
 *     seen enough: the warm-up contract, as ta4j's {@code getCountOfUnstableBars}
 */
public record Feature(String name, String formula, int unstableBars) {}
