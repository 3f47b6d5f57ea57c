package io.hindcast.graphql.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingState;
import io.hindcast.graphql.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The schema's {@code TrainingCycle}.
 *
 * @param asOf market time as of which it was asked for; empty for now
 */
record TrainingCycleNode(
        Symbol symbol,
        int number,
        String reason,
        TrainingState state,
        Instant requestedAt,
        Optional<Instant> endedAt,
        Instant dataFrom,
        Instant dataTo,
        Optional<Dataset> dataset,
        Optional<TrainingRunId> repeats,
        Optional<String> note,
        TrainingCycleView.WallTimes wall,
        List<Run> runs,
        Optional<Instant> asOf) {

    record Dataset(String digest, String position, int rows, int bars, int articles, String features) {

        static Dataset of(DatasetRef dataset) {
            return new Dataset(
                    dataset.manifest().sha256(),
                    dataset.position().aggregateId() + "@" + dataset.position().sequence(),
                    Math.toIntExact(dataset.rows()),
                    Math.toIntExact(dataset.bars()),
                    Math.toIntExact(dataset.articles()),
                    dataset.features().name());
        }
    }

    /**
     * The schema's {@code TrainingRun}.
     *
     * @param asOf market time as of which it was asked for; empty for now
     */
    record Run(
            TrainingRunId id,
            ModelFamily family,
            int attempt,
            TrainingState state,
            Instant startedAt,
            Instant since,
            Optional<Instant> endedAt,
            Optional<String> reason,
            Optional<VersionId> version,
            Optional<TrainingCycleView.Machine> machine,
            List<Setting> parameters,
            Optional<String> artifactDigest,
            Optional<Boolean> reproduced,
            TrainingCycleView.WallTimes wall,
            Optional<Instant> asOf) {

        static Run of(TrainingCycleView.Run run, Optional<Instant> asOf) {
            return new Run(
                    run.run(),
                    run.family(),
                    run.run().attempt(),
                    run.state(),
                    run.startedAt(),
                    run.since(),
                    run.endedAt(),
                    run.reason(),
                    run.version(),
                    run.machine(),
                    Setting.of(run.parameters()),
                    run.artifact().map(artifact -> artifact.sha256()),
                    run.reproduced(),
                    run.wall(),
                    asOf);
        }
    }

    static TrainingCycleNode of(TrainingCycleView view, Optional<Instant> asOf) {
        return new TrainingCycleNode(
                view.symbol(),
                view.number(),
                view.reason(),
                view.state(),
                view.requestedAt(),
                view.endedAt(),
                view.dataFrom(),
                view.dataTo(),
                view.dataset().map(Dataset::of),
                view.repeats(),
                view.note(),
                view.wall(),
                view.runs().stream().map(run -> Run.of(run, asOf)).toList(),
                asOf);
    }
}
