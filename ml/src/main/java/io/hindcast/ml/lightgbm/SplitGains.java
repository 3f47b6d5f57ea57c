package io.hindcast.ml.lightgbm;

/** The gains of a LightGBM model's splits, read from its text form. */
public final class SplitGains {

    private SplitGains() {}

    /**
     * Returns the gain of each feature: the decrease of the training loss by the splits on it, summed over all trees; 0
     * for a feature on which no tree splits.
     *
     * @param features number of features
     * @throws IllegalArgumentException if the text is not that of such a model
     */
    public static double[] byFeature(String modelText, int features) {
        double[] sums = new double[features];
        for (ModelText.Section tree : ModelText.parse(modelText).trees()) {
            int[] split = tree.integers("split_feature");
            double[] gains = tree.doubles("split_gain", split.length);
            for (int i = 0; i < split.length; i++) {
                tree.checkFeature(split[i], features);
                sums[split[i]] += gains[i];
            }
        }
        return sums;
    }
}
