package io.hindcast.api.news;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.Probabilities;

/** The score of a text by one version. */
public record VersionScore(VersionId version, ScorerSpec scorer, Probabilities probabilities) {}
