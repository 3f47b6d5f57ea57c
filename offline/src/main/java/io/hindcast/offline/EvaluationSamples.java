package io.hindcast.offline;

import io.hindcast.console.StartFailure;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.model.ModelBundle;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the samples on which a stored model is evaluated. */
final class EvaluationSamples {

    private EvaluationSamples() {}

    static Samples of(ModelBundle bundle, NewsFiles news, MarketArchive market, DayRange days, RunContext context) {
        return switch (bundle.family()) {
            case LIGHTGBM, TST -> {
                FeatureSet features = features(bundle);
                DatasetBuilder rows = new DatasetBuilder(
                        features, bundle.label(), bundle.rows().bars());
                Optional<SentimentModel> reader = reader(bundle, features, news, market, context);
                yield market.dataset(
                        rows,
                        days,
                        SentimentModel.score(reader, rows, days, context).scores(),
                        context);
            }
            case TRL -> {
                refuseReader(news.reader(), "reads articles itself");
                yield ArticleArchive.open(news.articles(), market, context.console())
                        .samples(bundle, market, days, context);
            }
        };
    }

    private static void refuseReader(@Nullable Path reader, String reason) {
        if (reader != null) {
            throw new StartFailure("--reader is not for this model, which " + reason + ". Leave it out.");
        }
    }

    /**
     * Returns the reader, which must be the one that the model was trained with: scores of another one mean something
     * else. Empty for a model without sentiment features.
     */
    private static Optional<SentimentModel> reader(
            ModelBundle bundle, FeatureSet features, NewsFiles news, MarketArchive market, RunContext context) {
        if (!features.readsNews()) {
            refuseReader(news.reader(), "was trained on prices alone");
            return Optional.empty();
        }
        SentimentModel given = SentimentModel.of(news, market, context.console())
                .orElseThrow(() -> new StartFailure("The model has sentiment features. Name an archive of articles with"
                        + " --news, and with --reader the model that reads them."));
        String trainedWith = bundle.provenance().parameters().get(SentimentModel.PROVENANCE);
        if (trainedWith != null && !trainedWith.equals(given.sha256())) {
            throw new StartFailure("--reader " + news.reader() + " has sha-256 "
                    + given.sha256().substring(0, 16)
                    + ", and the model was trained with another one, " + trainedWith.substring(0, 16)
                    + ". Name that one.");
        }
        return Optional.of(given);
    }

    private static FeatureSet features(ModelBundle bundle) {
        try {
            return FeatureSet.of(bundle.rows().source());
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    "The model cannot be evaluated by this version of Hindcast: " + e.getMessage()
                            + ". Use the version that made it, or train it again.",
                    e);
        }
    }
}
