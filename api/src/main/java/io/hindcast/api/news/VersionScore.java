package io.hindcast.api.news;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.Probabilities;

/** What one version made of an article's text. */
public record VersionScore(VersionId version, ScorerSpec scorer, Probabilities probabilities) {}
