package io.hindcast.training;

import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.api.training.CompleteTrainingRun;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.memory.AvailableMemory;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one run: slices the dataset, trains (which checks the export and evaluates), bundles and stores. The model
 * depends only on the log and the run itself: the same run gives the same artifact again, unless the time budget ended
 * it. Called on the worker's threads; thread-safe.
 */
final class TrainingJob {
    private static final Logger log = LoggerFactory.getLogger(TrainingJob.class);

    private final DatasetSlicer slicer;
    private final ArticleSlicer articles;
    private final ArticleTrainingRecipe articleRecipe;
    private final ArtifactStore artifacts;
    private final TrainingProperties settings;
    private final InstantSource marketClock;
    private final ProgressReporter progress;
    private final Supplier<AvailableMemory> memory;

    TrainingJob(
            DatasetSlicer slicer,
            ArticleSlicer articles,
            ArticleTrainingRecipe articleRecipe,
            ArtifactStore artifacts,
            TrainingProperties settings,
            InstantSource marketClock,
            ProgressReporter progress,
            Supplier<AvailableMemory> memory) {
        this.slicer = slicer;
        this.articles = articles;
        this.articleRecipe = articleRecipe;
        this.artifacts = artifacts;
        this.settings = settings;
        this.marketClock = marketClock;
        this.progress = progress;
        this.memory = memory;
    }

    /** @throws io.hindcast.ml.memory.InsufficientMemoryException if the training would not fit into memory */
    CompleteTrainingRun run(TrainingRunQueued run, BooleanSupplier cancelled) {
        ModelBundle bundle =
                run.run().family() == ModelFamily.TRL ? readArticles(run, cancelled) : readBars(run, cancelled);
        ArtifactRef artifact = artifacts.put(bundle.toBytes());
        log.info("Training run {} made {}", run.run(), artifact.sha256());
        return new CompleteTrainingRun(
                run.symbol(),
                run.run(),
                artifact,
                bundle.scorer(),
                bundle.provenance(),
                bundle.evaluation(),
                marketClock.instant());
    }

    private ModelBundle readBars(TrainingRunQueued run, BooleanSupplier cancelled) {
        TrainingSpec spec = run.spec();
        BarTrainingRecipe<?> recipe = BarTrainingRecipe.of(run.run().family(), settings);
        memory.get().check(recipe.need(slicer.mostBars(run.symbol(), spec.dataFrom(), spec.dataTo())));
        DatasetSlicer.Slice slice = slicer.slice(
                run.symbol(), recipe.windowBars(), spec.label(), spec.dataFrom(), spec.dataTo(), cancelled);
        Dataset dataset = slice.dataset();
        if (dataset.rows() < settings.data().minRows()) {
            throw new IllegalArgumentException("too little data: " + dataset.rows() + " rows from " + spec.dataFrom()
                    + " to " + spec.dataTo() + ", needs " + settings.data().minRows() + " or more");
        }
        TrainedModel model = train(
                run, recipe.rounds(), recipe.unit(), cancelled, control -> recipe.train(dataset, spec.seed(), control));
        return model.bundle(slice.position());
    }

    /** Trains on articles, whose labels are the market's reactions; the run's label applies to bars only. */
    private ModelBundle readArticles(TrainingRunQueued run, BooleanSupplier cancelled) {
        TrainingSpec spec = run.spec();
        long bars = slicer.mostBars(run.symbol(), spec.dataFrom(), spec.dataTo());
        memory.get().check(articleRecipe.need(bars));
        ArticleSlicer.Slice slice = articles.slice(run.symbol(), spec.dataFrom(), spec.dataTo(), cancelled);
        TrainedModel model = train(
                run, articleRecipe.rounds(), "epochs", cancelled, control -> articleRecipe.train(slice, run, control));
        return model.bundle(slice.market().position());
    }

    private TrainedModel train(
            TrainingRunQueued run,
            int rounds,
            String unit,
            BooleanSupplier cancelled,
            Function<TrainingControl, TrainedModel> training) {
        TrainedModel model;
        try (ProgressReporter.Task task = progress.begin("Training " + run.run().model(), rounds, unit)) {
            AtomicInteger done = new AtomicInteger();
            TrainingControl control = new TrainingControl(
                    round -> {
                        done.set(round.round());
                        task.at(
                                round.round(),
                                String.format(Locale.ROOT, "validation loss %.5f", round.validationLoss()));
                    },
                    cancelled,
                    settings.timeBudget());
            try {
                model = training.apply(control);
                model.evaluation()
                        .degenerate()
                        .ifPresent(signal -> task.at(
                                done.get(), "degenerate: predicts " + signal + " whatever it reads, is not promoted"));
            } catch (CancellationException e) {
                task.at(done.get(), "stopped");
                throw e;
            } catch (RuntimeException e) {
                task.at(done.get(), "failed: " + e.getMessage());
                throw e;
            }
        }
        log.info(
                "Training run {}: {} rounds ({}), export within {}, test accuracy {}",
                run.run(),
                model.rounds(),
                model.stopReason(),
                model.exportDifference(),
                model.evaluation().accuracy());
        return model;
    }
}
