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
     * @param startedAt when it was asked for
     * @param since when its state began: it waits since then, a worker works on it since then, it ended then
     * @param reason why it failed, with the remedy
     * @param version the one it became
     */
    public record Run(
            TrainingRunId run,
            TrainingState state,
            Instant startedAt,
            Instant since,
            Optional<Instant> endedAt,
            Optional<String> reason,
            Optional<VersionId> version) {

        public ModelFamily family() {
            return run.family();
        }
    }
}
