package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.Provenance;
import io.hindcast.api.model.ScorerSpec;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A run succeeded with a candidate version. */
@Revision("1")
public record TrainingRunSucceeded(
        TrainingRunId run,
        ArtifactRef artifact,
        ScorerSpec scorer,
        Provenance provenance,
        Evaluation evaluation,
        Instant finishedAt)
        implements TrainingEvent {
    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
