package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.serialization.Revision;

/**
 * A training cycle was accepted and begins.
 *
 * @param repetition the run it repeats; empty for a cycle that trains new versions
 */
@Revision("1")
public record TrainingCycleRequested(
        Symbol symbol,
        int cycle,
        String reason,
        List<ModelFamily> families,
        TrainingSpec spec,
        Instant requestedAt,
        Optional<Repetition> repetition)
        implements TrainingEvent {
    public TrainingCycleRequested {
        families = List.copyOf(families);
    }
}
