package io.hindcast.api.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A version in its read model.
 *
 * @param slot empty unless live
 * @param reason why it is not live: its promotion was declined or abandoned, or a person archived it
 * @param trainingRun identity of the run that trained it
 * @param expired whether it is too old, on the market's clock, to be trusted without retraining
 */
public record ModelVersionView(
        VersionId version,
        VersionState state,
        Optional<Slot> slot,
        Optional<String> reason,
        String trainingRun,
        Instant trainedAt,
        Instant expiresAt,
        boolean expired,
        ScorerSpec scorer,
        ArtifactRef artifact,
        Provenance provenance,
        Evaluation evaluation) {}
