package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The symbol's lanes are asked to take this version in: load, warm up, check, join. */
@Revision("1")
public record PromotionBegun(VersionId version, ArtifactRef artifact, ScorerSpec scorer, Instant begunAt)
        implements ModelEvent {}
