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

/** Training of TRL, which reads articles: loads or pretrains its encoder, then tunes its policy. */
record ArticleTraining(
        TrlTraining trainer, List<NewsArticle> articles, ArticleReactions reactions, TrlParameters parameters)
        implements PreparedTraining {

    @Override
    public int maxRounds() {
        return parameters.schedule().stopping().maxRounds();
    }

    @Override
    public int batch() {
        return parameters.schedule().batch() * parameters.schedule().accumulation();
    }

    @Override
    public Optional<String> notice() {
        return parameters.base() instanceof BaseEncoder.Local
                ? Optional.of("Making a small encoder from " + articles.size() + " articles …")
                : Optional.empty();
    }

    @Override
    public TrainedModel train(DayRange training, @Nullable DayRange test, long seed, TrainingControl control) {
        return trainer.prepare(
                        articles,
                        reactions,
                        samples ->
                                PreparedTraining.split(parameters.evaluation().splitter(), samples, training, test),
                        parameters,
                        seed,
                        control)
                .train(parameters, seed, control);
    }
}
