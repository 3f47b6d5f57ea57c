package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Ends a run as succeeded: the artifact is stored and its export agrees with the trainer. Repeating changes nothing.
 */
public record CompleteTrainingRun(
        Symbol symbol,
        TrainingRunId run,
        ArtifactRef artifact,
        ScorerSpec scorer,
        Provenance provenance,
        Evaluation evaluation,
        Instant finishedAt) {
    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
