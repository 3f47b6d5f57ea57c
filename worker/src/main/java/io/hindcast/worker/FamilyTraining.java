package io.hindcast.worker;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.worker.Assignment;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.hub.DownloadProgress;
import io.hindcast.ml.hub.HubSettings;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.memory.AvailableMemory;
import io.hindcast.ml.memory.MemoryEstimate;
import io.hindcast.ml.parquet.DatasetFiles;
import io.hindcast.ml.parquet.DatasetManifest;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.trl.NewsArticle;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.trl.TrlTraining;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstTrainer;
import java.nio.file.Path;
import java.util.List;

/** Trains the model of an assignment. A function of dataset, parameters and seed, unless the time budget ends it. */
final class FamilyTraining {

    private final Path modelCache;

    /** @param modelCache folder for published encoders */
    FamilyTraining(Path modelCache) {
        this.modelCache = modelCache;
    }

    /** Returns the name of a round. */
    static String unit(ModelFamily family) {
        return family == ModelFamily.LIGHTGBM ? "rounds" : "epochs";
    }

    /** Returns the parts of the dataset that a family reads. */
    static List<String> parts(ModelFamily family) {
        return family == ModelFamily.TRL
                ? List.of(DatasetManifest.BARS, DatasetManifest.ARTICLES)
                : List.of(DatasetManifest.ROWS);
    }

    /**
     * Checks that the training fits into memory.
     *
     * @throws io.hindcast.ml.memory.InsufficientMemoryException naming what it needs, if it does not
     */
    static void checkMemory(Assignment assignment, DatasetManifest manifest) {
        AvailableMemory available = AvailableMemory.now();
        long limit = (assignment.limits().memoryMegabytes() << 20) - available.heapCommitted();
        long machine = Math.min(available.machine(), Math.max(0, limit));
        new AvailableMemory(available.heapLimit(), available.heapUsed(), available.heapCommitted(), machine)
                .check(need(assignment, manifest));
    }

    private static MemoryEstimate need(Assignment assignment, DatasetManifest manifest) {
        long rows = manifest.counts().rows();
        int columns = FeatureSet.of(manifest.features().chosen()).size();
        return switch (assignment.run().family()) {
            case LIGHTGBM -> MemoryEstimate.lightGbm(rows, columns);
            case TST -> MemoryEstimate.tst(rows, columns, TstParameters.of(assignment.parameters()));
            case TRL -> MemoryEstimate.trl(manifest.counts().bars(), TrlParameters.of(assignment.parameters()));
        };
    }

    TrainedModel train(Assignment assignment, DatasetFiles files, TrainingControl control) {
        return switch (assignment.run().family()) {
            case LIGHTGBM -> {
                Dataset dataset = files.samples(1);
                yield new LightGbmTrainer()
                        .train(
                                dataset,
                                files.manifest().split().rows(),
                                LightGbmParameters.of(assignment.parameters()),
                                assignment.seed(),
                                control);
            }
            case TST -> {
                TstParameters parameters = TstParameters.of(assignment.parameters());
                Dataset dataset = files.samples(parameters.shape().bars());
                yield new TstTrainer()
                        .train(dataset, files.manifest().split().rows(), parameters, assignment.seed(), control);
            }
            case TRL -> trl(assignment, files, control);
        };
    }

    private TrainedModel trl(Assignment assignment, DatasetFiles files, TrainingControl control) {
        List<NewsArticle> articles = files.articles();
        int least = assignment.limits().minArticles();
        if (articles.size() < least) {
            throw new IllegalArgumentException("too little news: " + articles.size() + " articles about "
                    + assignment.run().symbol() + " from "
                    + files.manifest().period().from() + " to "
                    + files.manifest().period().to() + ", needs " + least + " or more");
        }
        ModelHub hub = new ModelHub(HubSettings.of(System.getenv(), modelCache));
        TrlParameters parameters = TrlParameters.of(assignment.parameters());
        return new TrlTraining(hub, DownloadProgress.NONE)
                .prepare(articles, files.bars(), parameters, assignment.seed(), control)
                .storedAs(files.manifest().digest())
                .train(parameters, assignment.seed(), control);
    }
}
