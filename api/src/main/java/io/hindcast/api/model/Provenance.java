package io.hindcast.api.model;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything needed to train a version again with the same result: a training run is a pure function of dataset,
 * parameters and seed on the same libraries and platform.
 *
 * @param datasetDigest sha-256 (hexadecimal) over the dataset's canonical bytes
 * @param datasetPosition last candle event the dataset was sliced from
 * @param dataFrom open time of the first bar, market time
 * @param inSampleTo open time of the last bar whose outcome was used in training or validation; predictions at or
 *     before it are in-sample
 * @param trainRows rows trained on
 * @param validationRows rows used for early stopping
 * @param features the feature set
 * @param label the outcome that was learned
 * @param parameters of the trainer, by name
 * @param seed of every random choice
 * @param libraries name to version
 * @param platform operating system, architecture and Java version
 */
public record Provenance(
        String datasetDigest,
        LogPosition datasetPosition,
        Instant dataFrom,
        Instant inSampleTo,
        int trainRows,
        int validationRows,
        FeatureSetRef features,
        LabelSpec label,
        SortedMap<String, String> parameters,
        long seed,
        SortedMap<String, String> libraries,
        String platform) {

    public Provenance {
        parameters = new TreeMap<>(parameters);
        libraries = new TreeMap<>(libraries);
    }

    /** Returns a sorted copy of a map. */
    public static SortedMap<String, String> sorted(Map<String, String> map) {
        return new TreeMap<>(map);
    }
}
