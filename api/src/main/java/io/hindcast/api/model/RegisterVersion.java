package io.hindcast.api.model;

import java.time.Duration;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Registers the result of a training run as the model's next version. Repeating it for the same run answers with the
 * version it already has. Answered by the {@link VersionId}.
 *
 * @param trainingRun identity of the run
 * @param artifact the bundle that scorers load
 * @param evaluation on held-out data after the validation window
 * @param trainedAt market time at which training finished
 * @param expiresAfter age at which the version should no longer be trusted without retraining
 */
public record RegisterVersion(
        @TargetAggregateIdentifier ModelId model,
        String trainingRun,
        ArtifactRef artifact,
        ScorerSpec scorer,
        Provenance provenance,
        Evaluation evaluation,
        Instant trainedAt,
        Duration expiresAfter) {}
