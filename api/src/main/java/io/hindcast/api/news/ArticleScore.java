package io.hindcast.api.news;

import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import java.time.Instant;
import java.util.Optional;

/**
 * The score of an article by one version.
 *
 * @param slot slot of the version now, if it is live
 * @param reading number of the text, see {@link ArticleScored}
 */
public record ArticleScore(
        VersionId version,
        Optional<Slot> slot,
        int reading,
        Probabilities probabilities,
        PredictionOrigin origin,
        Instant scoredAt) {}
