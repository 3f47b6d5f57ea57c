package io.hindcast.api.training;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LogPosition;

/**
 * A reference to the dataset of a training cycle, an object of the artifact store that all its runs read.
 *
 * @param manifest the manifest, which names the parts by digest; its digest is the dataset's
 * @param position last candle event that the dataset was sliced from
 * @param rows bars with features, with and without an outcome
 * @param bars revisions of bars
 * @param articles articles, 0 if no family of the cycle reads any
 * @param features the feature set of the rows
 */
public record DatasetRef(
        ArtifactRef manifest, LogPosition position, long rows, long bars, long articles, FeatureSetRef features) {}
