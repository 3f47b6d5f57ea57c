package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/** A training cycle was accepted and begins. */
@Revision("1")
public record TrainingCycleRequested(
        Symbol symbol, int cycle, String reason, List<ModelFamily> families, TrainingSpec spec, Instant requestedAt)
        implements TrainingEvent {
    public TrainingCycleRequested {
        families = List.copyOf(families);
    }
}
