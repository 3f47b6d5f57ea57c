package io.hindcast.api.model;

import java.time.Instant;
import java.util.Optional;
import org.axonframework.serialization.Revision;

/**
 * The promotion of a version has begun: the symbol's lanes load it, warm it up, check it and join it.
 *
 * @param decision the person's decision; empty for an automatic promotion
 */
@Revision("1")
public record PromotionBegun(
        VersionId version, ArtifactRef artifact, ScorerSpec scorer, Instant begunAt, Optional<Attribution> decision)
        implements ModelEvent {}
