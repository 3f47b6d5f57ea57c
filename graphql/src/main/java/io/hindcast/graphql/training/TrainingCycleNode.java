package io.hindcast.graphql.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The schema's {@code TrainingCycle}. */
record TrainingCycleNode(
        Symbol symbol,
        int number,
        String reason,
        TrainingState state,
        Instant requestedAt,
        Optional<Instant> endedAt,
        Instant dataFrom,
        Instant dataTo,
        List<Run> runs) {

    record Run(
            String id,
            ModelFamily family,
            int attempt,
            TrainingState state,
            Instant startedAt,
            Instant since,
            Optional<Instant> endedAt,
            Optional<String> reason,
            Optional<VersionId> version) {}

    static TrainingCycleNode of(TrainingCycleView view) {
        return new TrainingCycleNode(
                view.symbol(),
                view.number(),
                view.reason(),
                view.state(),
                view.requestedAt(),
                view.endedAt(),
                view.dataFrom(),
                view.dataTo(),
                view.runs().stream()
                        .map(run -> new Run(
                                run.run().toString(),
                                run.family(),
                                run.run().attempt(),
                                run.state(),
                                run.startedAt(),
                                run.since(),
                                run.endedAt(),
                                run.reason(),
                                run.version()))
                        .toList());
    }
}
