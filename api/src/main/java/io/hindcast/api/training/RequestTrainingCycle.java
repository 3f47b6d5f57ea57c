package io.hindcast.api.training;

import io.hindcast.api.WellFormedText;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Requests a training cycle of a symbol's families. Refused with {@code CYCLE_RUNNING} while one runs. Answered by the
 * cycle's number.
 *
 * @param reason for people: such as "first" or "expired"
 * @param requestedAt market time
 */
public record RequestTrainingCycle(
        Symbol symbol, String reason, List<ModelFamily> families, TrainingSpec spec, Instant requestedAt) {
    public RequestTrainingCycle {
        reason = WellFormedText.of(reason);
        families = List.copyOf(families);
    }

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
