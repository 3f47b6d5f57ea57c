package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The promotion of a version has begun: the symbol's lanes load it, warm it up, check it and join it. */
@Revision("1")
public record PromotionBegun(VersionId version, ArtifactRef artifact, ScorerSpec scorer, Instant begunAt)
        implements ModelEvent {}
