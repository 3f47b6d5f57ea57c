package io.hindcast.training;

import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.ml.memory.MemoryNeed;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.trl.TrlTraining;

/** How the family that reads articles is trained here. */
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

    /** What a training takes of memory, beside its articles: the bars that tell their reactions, and the encoder. */
    MemoryNeed need(long bars) {
        return MemoryNeed.trl(bars, parameters);
    }

    TrainedModel train(ArticleSlicer.Slice slice, TrainingRunQueued run, TrainingControl control) {
        if (slice.articles().size() < minArticles) {
            throw new IllegalArgumentException("too little news: "
                    + slice.articles().size() + " articles about "
                    + run.symbol() + " from " + run.spec().dataFrom() + " to " + run.spec().dataTo() + ", needs " + minArticles
                    + " or more");
        }
        return training.train(slice.articles(), slice.market().bars(), parameters, run.spec().seed(), control);
    }
}
