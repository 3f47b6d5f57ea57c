package io.hindcast.api.worker;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;

/** Success of a run, whose bundle is stored. */
public record RunResult(ArtifactRef bundle, ScorerSpec scorer, Provenance provenance, Evaluation evaluation) {}
