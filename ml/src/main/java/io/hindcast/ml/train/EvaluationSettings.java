package io.hindcast.ml.train;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import java.util.SortedMap;

/**
 * How a model is evaluated.
 *
 * @param splitter divides the dataset into train, validation and test part
 * @param feeRate fraction of the traded amount charged per trade, from 0 to below 1; 0.001 is 0.1 %
 */
public record EvaluationSettings(ChronologicalSplitter splitter, double feeRate) {

    /** The default split, and a fee of 0.1 % per trade. */
    public static final EvaluationSettings DEFAULT = new EvaluationSettings(ChronologicalSplitter.DEFAULT, 0.001);

    public EvaluationSettings {
        TrainingParameters.check("fee rate", feeRate, feeRate >= 0 && feeRate < 1, "from 0 to below 1");
    }

    /** Returns a copy with another fee rate. */
    public EvaluationSettings withFeeRate(double other) {
        return new EvaluationSettings(splitter, other);
    }

    /** Adds the settings by name, for the provenance. */
    public void addTo(SortedMap<String, String> map) {
        map.put("split.validationShare", String.valueOf(splitter.validationShare()));
        map.put("split.testShare", String.valueOf(splitter.testShare()));
        map.put("split.embargoBars", String.valueOf(splitter.embargoBars()));
        map.put("feeRate", String.valueOf(feeRate));
    }
}
