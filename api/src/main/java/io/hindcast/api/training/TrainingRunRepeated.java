package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A repetition succeeded, and its bundle was compared with that of the run it repeats.
 *
 * @param of the run that was repeated
 * @param expected bundle of that run
 * @param found bundle of the repetition
 * @param comparedAt market time
 */
@Revision("1")
public record TrainingRunRepeated(
        TrainingRunId run, TrainingRunId of, ArtifactRef expected, ArtifactRef found, Instant comparedAt)
        implements TrainingEvent {

    /** Returns whether both bundles are equal, byte by byte. */
    public boolean reproduced() {
        return expected.equals(found);
    }

    @Override
    public Symbol symbol() {
        return run.symbol();
    }
}
