package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training cycle in its read model.
 *
 * @param requestedAt market time
 * @param endedAt market time
 * @param dataset once it is recorded
 * @param repeats the run that it repeats; empty for a cycle that trains new versions
 * @param note reason for which the cycle was cancelled or has no dataset
 * @param wall when it was requested, when its dataset was recorded and when it ended
 */
public record TrainingCycleView(
        Symbol symbol,
        int number,
        String reason,
        TrainingState state,
        Instant requestedAt,
        Optional<Instant> endedAt,
        Instant dataFrom,
        Instant dataTo,
        Optional<DatasetRef> dataset,
        Optional<TrainingRunId> repeats,
        Optional<String> note,
        WallTimes wall,
        List<Run> runs) {
    public TrainingCycleView {
        runs = List.copyOf(runs);
    }

    /**
     * Wall-clock times, for a timeline of real durations; all other times of a cycle are market times.
     *
     * @param begun when a worker claimed the run for the last time
     */
    public record WallTimes(Instant requested, Optional<Instant> begun, Optional<Instant> ended) {}

    /**
     * The machine that was started last for a run.
     *
     * @param provider such as {@code local}
     * @param launches number of machines started so far
     */
    public record Machine(String provider, String name, int launches) {}

    /**
     * One family's run.
     *
     * @param startedAt when it was queued, market time
     * @param since when it was queued, claimed or ended, by its state; market time
     * @param reason of its failure, with the remedy
     * @param version registered from it
     * @param parameters of the trainer, once a machine was started
     * @param artifact the candidate's bundle
     * @param reproduced whether its bundle equals that of the run it repeats, once compared
     * @param wall when it was queued, when a worker claimed it and when it ended
     */
    public record Run(
            TrainingRunId run,
            TrainingState state,
            Instant startedAt,
            Instant since,
            Optional<Instant> endedAt,
            Optional<String> reason,
            Optional<VersionId> version,
            Optional<Machine> machine,
            SortedMap<String, String> parameters,
            Optional<ArtifactRef> artifact,
            Optional<Boolean> reproduced,
            WallTimes wall) {

        public Run {
            parameters = new TreeMap<>(parameters);
        }

        public ModelFamily family() {
            return run.family();
        }
    }
}
