package io.hindcast.ml.lightgbm;

import java.util.Arrays;

/** What LightGBM's splits gained, read from a model's text form. */
public final class SplitGains {

    private static final String FEATURES = "split_feature=";
    private static final String GAINS = "split_gain=";

    private SplitGains() {}

    /**
     * The gain of each feature, summed over all splits of all trees on it, in the loss that was trained on; 0 for one
     * that no tree asks.
     *
     * @param features number of features
     * @throws IllegalArgumentException if the text is not that of such a model
     */
    public static double[] byFeature(String modelText, int features) {
        double[] sums = new double[features];
        int[] asked = {};
        for (String line : modelText.lines().toList()) {
            if (line.startsWith(FEATURES)) {
                asked = Arrays.stream(values(line, FEATURES))
                        .mapToInt(Integer::parseInt)
                        .toArray();
            } else if (line.startsWith(GAINS)) {
                String[] gains = values(line, GAINS);
                if (gains.length != asked.length) {
                    throw new IllegalArgumentException("LightGBM tree of " + asked.length + " splits has "
                            + gains.length + " gains, expected as many");
                }
                for (int i = 0; i < gains.length; i++) {
                    if (asked[i] < 0 || asked[i] >= features) {
                        throw new IllegalArgumentException(
                                "LightGBM tree splits on feature " + asked[i] + ", expected 0 to " + (features - 1));
                    }
                    sums[asked[i]] += Double.parseDouble(gains[i]);
                }
            }
        }
        return sums;
    }

    private static String[] values(String line, String name) {
        String values = line.substring(name.length()).strip();
        return values.isEmpty() ? new String[0] : values.split(" +");
    }
}
