package io.hindcast.api.model;

import java.time.Duration;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A model has a new version, which is not live yet. */
@Revision("1")
public record VersionRegistered(
        VersionId version,
        String trainingRun,
        ArtifactRef artifact,
        ScorerSpec scorer,
        Provenance provenance,
        Evaluation evaluation,
        Instant trainedAt,
        Duration expiresAfter)
        implements ModelEvent {}
