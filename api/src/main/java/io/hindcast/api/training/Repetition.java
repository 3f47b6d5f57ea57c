package io.hindcast.api.training;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Attribution;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a cycle repeats: a run that succeeded earlier. The cycle reads that run's dataset and has its seed.
 *
 * @param of the run
 * @param parameters of its trainer, by name
 * @param artifact its bundle, to which the repetition's is compared
 * @param decision who wanted it, why and when
 */
public record Repetition(
        TrainingRunId of, SortedMap<String, String> parameters, ArtifactRef artifact, Attribution decision) {
    public Repetition {
        parameters = new TreeMap<>(parameters);
    }
}
