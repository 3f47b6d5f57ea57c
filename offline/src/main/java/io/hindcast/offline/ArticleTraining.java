package io.hindcast.offline;

import io.hindcast.ml.label.ArticleReactions;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.trl.BaseEncoder;
import io.hindcast.ml.trl.NewsArticle;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.trl.TrlTraining;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Of the family that reads articles: first its encoder is made or had, then its policy is tuned. */
record ArticleTraining(
        TrlTraining trainer, List<NewsArticle> articles, ArticleReactions market, TrlParameters parameters)
        implements ReadyTraining {

    @Override
    public int rounds() {
        return parameters.schedule().stopping().maxRounds();
    }

    @Override
    public int batch() {
        return parameters.schedule().batch() * parameters.schedule().accumulation();
    }

    @Override
    public Optional<String> preparation() {
        return parameters.base() instanceof BaseEncoder.Local
                ? Optional.of("Making a small encoder from " + articles.size() + " articles …")
                : Optional.empty();
    }

    @Override
    public TrainedModel train(Days training, @Nullable Days test, long seed, TrainingControl control) {
        return trainer.prepare(
                        articles,
                        market,
                        samples -> ReadyTraining.split(parameters.evaluation().splitter(), samples, training, test),
                        parameters,
                        seed,
                        control)
                .train(parameters, seed, control);
    }
}
