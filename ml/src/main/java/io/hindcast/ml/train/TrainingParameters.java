package io.hindcast.ml.train;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import java.util.SortedMap;

/** What a trainer is told beside dataset and seed; together with them it decides the result. */
public interface TrainingParameters {

    /** How the dataset is cut. */
    ChronologicalSplitter split();

    /** Fraction of the traded amount that the evaluation charges per trade; 0.001 is 0.1 %. */
    double feeRate();

    /** Every parameter by name, for the provenance. */
    SortedMap<String, String> toMap();
}
