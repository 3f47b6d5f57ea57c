package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A training cycle in its read model. */
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
     * One family's run.
     *
     * @param startedAt when it was queued
     * @param since when it was queued, claimed or ended, by its state
     * @param reason of its failure, with the remedy
     * @param version registered from it
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
