package io.hindcast.api.news;

import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import java.time.Instant;
import java.util.Optional;

/**
 * What one version said about an article.
 *
 * @param slot that the version holds now, if it is live
 * @param reading which text it read, see {@link ArticleScored}
 */
public record ArticleScore(
        VersionId version,
        Optional<Slot> slot,
        int reading,
        Probabilities probabilities,
        PredictionOrigin origin,
        Instant scoredAt) {}
