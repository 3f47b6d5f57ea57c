package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A training cycle as its read model has it. */
public record TrainingCycleView(
        Symbol symbol,
        int number,
        String reason,
        TrainingState state,
        Instant requestedAt,
        Optional<Instant> endedAt,
        Instant dataFrom,
        Instant dataTo,
        List<Run> runs) {

    public TrainingCycleView {
        runs = List.copyOf(runs);
    }

    /**
     * One family's part.
     *
     * @param reason why it failed
     * @param version the one it became
     */
    public record Run(
            TrainingRunId run,
            TrainingState state,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<String> reason,
            Optional<VersionId> version) {

        public ModelFamily family() {
            return run.family();
        }
    }
}
