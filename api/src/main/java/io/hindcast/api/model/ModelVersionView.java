package io.hindcast.api.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A version in its read model.
 *
 * @param slot empty unless live
 * @param reason why it did not go live: its promotion was abandoned, or never begun because it is degenerate
 * @param expired whether it is too old, on the market's clock, to be trusted without retraining
 */
public record ModelVersionView(
        VersionId version,
        VersionState state,
        Optional<Slot> slot,
        Optional<String> reason,
        Instant trainedAt,
        Instant expiresAt,
        boolean expired,
        ScorerSpec scorer,
        ArtifactRef artifact,
        Provenance provenance,
        Evaluation evaluation) {}
