package io.hindcast.training.run;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.Slot;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.worker.Assignment;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.history.model.ModelLog;
import io.hindcast.ml.parquet.DatasetManifest;
import io.hindcast.training.TrainingProperties;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the assignments of runs: from the log, the dataset's manifest and the settings of limits. */
final class Assignments {

    private final ModelLog models;
    private final ArtifactStore artifacts;
    private final TrainingProperties settings;

    Assignments(ModelLog models, ArtifactStore artifacts, TrainingProperties settings) {
        this.models = models;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    Assignment of(RunAccess.Grant grant) {
        DatasetRef dataset = grant.queued().dataset();
        return new Assignment(
                grant.queued().run(),
                grant.launched().launch(),
                grant.launched().parameters(),
                grant.queued().spec().seed(),
                dataset,
                manifest(dataset).parts(),
                new Assignment.Limits(
                        settings.timeBudget(),
                        settings.worker().memoryMegabytes(),
                        settings.worker().heartbeat(),
                        settings.data().minArticles()),
                champion(grant));
    }

    /**
     * Returns an object of a run's assignment.
     *
     * @throws RunRefusedException if the assignment has no object of this digest
     */
    ArtifactRef object(RunAccess.Grant grant, String sha256) {
        DatasetRef dataset = grant.queued().dataset();
        if (dataset.manifest().sha256().equals(sha256)) {
            return dataset.manifest();
        }
        // A version that has left CURRENT since the assignment was made included.
        Stream<ArtifactRef> champions = models.read(model(grant)).versions().stream()
                .map(version -> version.registered().artifact());
        return Stream.concat(manifest(dataset).parts().values().stream(), champions)
                .filter(part -> part.sha256().equals(sha256))
                .findFirst()
                .orElseThrow(() -> new RunRefusedException(
                        RunRefusedException.Kind.FOREIGN_OBJECT, "the run's assignment has no object " + sha256));
    }

    private Optional<Assignment.Champion> champion(RunAccess.Grant grant) {
        ModelHistory model = models.read(model(grant));
        return model.slots()
                .in(Slot.CURRENT)
                .flatMap(model::version)
                .map(version -> new Assignment.Champion(
                        version.registered().version(), version.registered().artifact()));
    }

    private static ModelId model(RunAccess.Grant grant) {
        return new ModelId(grant.queued().run().family(), grant.queued().symbol());
    }

    private DatasetManifest manifest(DatasetRef dataset) {
        return DatasetManifest.fromJson(artifacts.get(dataset.manifest()));
    }
}
