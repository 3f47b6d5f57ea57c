package io.hindcast.api.training;

import io.hindcast.api.WellFormedText;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Requests a training cycle of a symbol's families. Refused with {@code CYCLE_RUNNING} while one runs. Answered by the
 * cycle's number.
 *
 * @param reason for people: such as "first" or "expired"
 * @param dataFrom open time of the first bar to train on
 * @param dataTo open time of the last bar to train on
 * @param seed of every random choice
 * @param requestedAt market time
 */
public record RequestTrainingCycle(
        Symbol symbol,
        String reason,
        List<ModelFamily> families,
        LabelSpec label,
        Instant dataFrom,
        Instant dataTo,
        long seed,
        Instant requestedAt) {
    public RequestTrainingCycle {
        reason = WellFormedText.of(reason);
        families = List.copyOf(families);
    }

    @TargetAggregateIdentifier
    public String programId() {
        return TrainingProgramId.of(symbol);
    }
}
