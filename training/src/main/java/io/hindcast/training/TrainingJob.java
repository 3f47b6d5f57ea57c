package io.hindcast.training;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.api.training.SucceedTrainingRun;
import io.hindcast.api.training.TrainingRunStarted;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from its description to its result: slice, train (which checks the export and evaluates), bundle, store. Everything that
 * decides the model comes from the log and the run itself; done twice it gives the same artifact, unless the time budget
 * ended it.
 */
final class TrainingJob {
    private static final Logger log = LoggerFactory.getLogger(TrainingJob.class);

    private final DatasetSlicer slicer;
    private final ArtifactStore artifacts;
    private final TrainingProperties settings;
    private final InstantSource marketClock;
    private final ProgressReporter progress;

    TrainingJob(
            DatasetSlicer slicer,
            ArtifactStore artifacts,
            TrainingProperties settings,
            InstantSource marketClock,
            ProgressReporter progress) {
        this.slicer = slicer;
        this.artifacts = artifacts;
        this.settings = settings;
        this.marketClock = marketClock;
        this.progress = progress;
    }

    SucceedTrainingRun run(TrainingRunStarted run, BooleanSupplier cancelled) {
        Recipe<?> recipe = Recipe.of(run.run().family(), settings);
        DatasetSlicer.Slice slice = slicer.slice(
                run.symbol(),
                FeatureSet.priceV1(),
                recipe.windowBars(),
                run.label(),
                run.dataFrom(),
                run.dataTo(),
                cancelled);
        Dataset dataset = slice.dataset();
        if (dataset.rows() < settings.minRows()) {
            throw new IllegalArgumentException("too little data: " + dataset.rows() + " rows from " + run.dataFrom()
                    + " to " + run.dataTo() + ", needs " + settings.minRows() + " or more");
        }
        TrainedModel model = train(run, recipe, dataset, cancelled);
        ModelBundle bundle = model.bundle(slice.position());
        ArtifactRef artifact = artifacts.put(bundle.toBytes());
        log.info(
                "Training run {} made {}: {} rounds ({}), export within {}, test accuracy {}",
                run.run(),
                artifact.sha256(),
                model.rounds(),
                model.stop(),
                model.exportDifference(),
                model.evaluation().accuracy());
        return new SucceedTrainingRun(
                run.symbol(),
                run.run(),
                artifact,
                bundle.scorer(),
                bundle.provenance(),
                bundle.evaluation(),
                marketClock.instant());
    }

    private TrainedModel train(TrainingRunStarted run, Recipe<?> recipe, Dataset dataset, BooleanSupplier cancelled) {
        try (ProgressReporter.Task task =
                progress.begin("Training " + run.run().model(), recipe.rounds(), recipe.unit())) {
            AtomicInteger done = new AtomicInteger();
            TrainingControl control = new TrainingControl(
                    round -> {
                        done.set(round.number());
                        task.at(
                                round.number(),
                                String.format(Locale.ROOT, "validation loss %.5f", round.validationLoss()));
                    },
                    cancelled,
                    settings.timeBudget());
            try {
                return recipe.train(dataset, run.seed(), control);
            } catch (CancellationException e) {
                task.at(done.get(), "stopped");
                throw e;
            } catch (RuntimeException e) {
                task.at(done.get(), "failed: " + e.getMessage());
                throw e;
            }
        }
    }
}
