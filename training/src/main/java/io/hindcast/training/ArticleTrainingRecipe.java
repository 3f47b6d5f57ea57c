package io.hindcast.training;

import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.ml.memory.MemoryEstimate;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.trl.TrlTraining;

/** Trains the family that reads articles with this worker's settings. */
final class ArticleTrainingRecipe {

    private final TrlTraining training;
    private final TrlParameters parameters;
    private final int minArticles;

    ArticleTrainingRecipe(TrlTraining training, TrainingProperties settings) {
        this.training = training;
        this.parameters = settings.trlParameters();
        this.minArticles = settings.data().minArticles();
    }

    int rounds() {
        return parameters.schedule().stopping().maxRounds();
    }

    /** Estimates the memory of a training: bars for the reactions, and the encoder. */
    MemoryEstimate need(long bars) {
        return MemoryEstimate.trl(bars, parameters);
    }

    TrainedModel train(ArticleSlicer.Slice slice, TrainingRunQueued run, TrainingControl control) {
        if (slice.articles().size() < minArticles) {
            throw new IllegalArgumentException("too little news: "
                    + slice.articles().size() + " articles about "
                    + run.symbol() + " from " + run.spec().dataFrom() + " to "
                    + run.spec().dataTo() + ", needs " + minArticles
                    + " or more");
        }
        return training.train(
                slice.articles(), slice.market().bars(), parameters, run.spec().seed(), control);
    }
}
