package io.hindcast.ml.torch;

import io.hindcast.ml.train.NamedParameters;
import java.util.SortedMap;

/**
 * Settings of AdamW.
 *
 * @param learningRate above 0 to 1
 * @param weightDecay from 0, which makes it plain Adam, to below 1
 * @param maxNorm norm to which gradients are clipped, above 0
 */
public record OptimizerSettings(double learningRate, double weightDecay, double maxNorm) {

    public OptimizerSettings {
        if (!(learningRate > 0 && learningRate <= 1) || !(weightDecay >= 0 && weightDecay < 1) || !(maxNorm > 0)) {
            throw new IllegalArgumentException("learning rate was " + learningRate + ", weight decay " + weightDecay
                    + ", gradient norm limit " + maxNorm
                    + ", expected above 0 to 1, from 0 to below 1, and above 0");
        }
    }

    /** Returns a copy with another learning rate. */
    public OptimizerSettings withLearningRate(double other) {
        return new OptimizerSettings(other, weightDecay, maxNorm);
    }

    /** Adds the settings by name, for the provenance. */
    public void addTo(SortedMap<String, String> map) {
        map.put("learningRate", String.valueOf(learningRate));
        map.put("weightDecay", String.valueOf(weightDecay));
        map.put("maxNorm", String.valueOf(maxNorm));
    }

    /** Reads what {@link #addTo} wrote. */
    public static OptimizerSettings of(NamedParameters named) {
        return new OptimizerSettings(
                named.number("learningRate"), named.number("weightDecay"), named.number("maxNorm"));
    }
}
