package io.hindcast.api.news;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.Probabilities;
import java.time.Instant;

/** What one version said about an article, and when. */
public record ArticleScore(VersionId version, Probabilities probabilities, Instant scoredAt) {}
