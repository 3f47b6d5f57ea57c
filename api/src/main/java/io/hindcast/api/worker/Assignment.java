package io.hindcast.api.worker;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run, with everything that decides its result. The same dataset, parameters and seed give the same model, unless
 * the time budget ends the training.
 *
 * @param run the run, which also names the family
 * @param launch number of the machine started for the run, from 1
 * @param parameters every parameter of the trainer, by name; for TRL the base encoder among them
 * @param seed of every random choice
 * @param dataset the manifest's address and the dataset's size
 * @param parts the dataset's parts by name, with digest and size
 * @param limits time and memory of the run
 * @param champion the version in {@code CURRENT}, to be compared with; empty if there is none
 */
public record Assignment(
        TrainingRunId run,
        int launch,
        SortedMap<String, String> parameters,
        long seed,
        DatasetRef dataset,
        SortedMap<String, ArtifactRef> parts,
        Limits limits,
        Optional<Champion> champion) {

    public Assignment {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /**
     * The version that a trained model has to be compared with.
     *
     * @param bundle its bundle
     */
    public record Champion(VersionId version, ArtifactRef bundle) {}

    /**
     * Limits of a run.
     *
     * @param timeBudget from the assignment to the evaluated model; the best model by then is kept
     * @param memoryMegabytes of the whole process
     * @param heartbeat longest time between two messages of the worker
     * @param minArticles fewest articles that a model is trained on
     */
    public record Limits(Duration timeBudget, long memoryMegabytes, Duration heartbeat, int minArticles) {}
}
