package io.hindcast.command.training;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.RepeatTrainingRun;
import io.hindcast.api.training.Repetition;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The datasets that are not purged, and the succeeded runs on them, which can be repeated. Immutable.
 *
 * @param datasets by the digest of their manifest
 * @param runs without repetitions
 */
record KeptDatasets(Map<String, DatasetRef> datasets, Map<TrainingRunId, Trained> runs) {

    static final KeptDatasets NONE = new KeptDatasets(Map.of(), Map.of());

    KeptDatasets {
        datasets = Map.copyOf(datasets);
        runs = Map.copyOf(runs);
    }

    /** A succeeded run: everything that decides its result, and its bundle. */
    record Trained(TrainingSpec spec, DatasetRef dataset, SortedMap<String, String> parameters, ArtifactRef artifact) {}

    /** Returns the run that a command repeats, or throws the refusal. */
    Trained repeatable(RepeatTrainingRun command) {
        return Optional.ofNullable(runs.get(command.run()))
                .orElseThrow(() -> RefusedException.of(
                        "NOT_REPEATABLE",
                        "repetition of run " + command.run(),
                        "requested",
                        "a run that has succeeded, is no repetition itself and whose dataset is kept, as that of every"
                                + " version that has its artifact"));
    }

    Optional<DatasetRef> dataset(String digest) {
        return Optional.ofNullable(datasets.get(digest));
    }

    KeptDatasets with(DatasetRef dataset) {
        Map<String, DatasetRef> next = new LinkedHashMap<>(datasets);
        next.put(dataset.manifest().sha256(), dataset);
        return new KeptDatasets(next, runs);
    }

    KeptDatasets with(TrainingRunId run, Trained trained) {
        Map<TrainingRunId, Trained> next = new LinkedHashMap<>(runs);
        next.put(run, trained);
        return new KeptDatasets(datasets, next);
    }

    KeptDatasets without(ArtifactRef manifest) {
        Map<String, DatasetRef> left = new LinkedHashMap<>(datasets);
        left.remove(manifest.sha256());
        Map<TrainingRunId, Trained> next = new LinkedHashMap<>(runs);
        next.values().removeIf(run -> run.dataset().manifest().equals(manifest));
        return new KeptDatasets(left, next);
    }

    /** Returns the request of the cycle that repeats a run. */
    TrainingCycleRequested repetition(RepeatTrainingRun command, int cycle) {
        Trained trained = repeatable(command);
        return new TrainingCycleRequested(
                command.run().symbol(),
                cycle,
                command.decision().reason(),
                List.of(command.run().family()),
                trained.spec(),
                command.decision().at(),
                Optional.of(
                        new Repetition(command.run(), trained.parameters(), trained.artifact(), command.decision())));
    }
}
