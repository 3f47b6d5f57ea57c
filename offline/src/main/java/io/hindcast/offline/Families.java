package io.hindcast.offline;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.console.Console;
import io.hindcast.console.StartFailure;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.Samples;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.hub.HubSettings;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.label.ArticleReactions;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.trl.BaseEncoder;
import io.hindcast.ml.trl.NewsArticle;
import io.hindcast.ml.trl.Reward;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.trl.TrlTraining;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How each family is made ready to train and to be judged on files. */
final class Families {

    /** Published encoders, for all projects of whoever runs this. */
    private static final Path HUB = Path.of(System.getProperty("user.home"), ".cache", "hindcast", "hub");

    private Families() {}

    static ReadyTraining ready(
            TrainingOrder order,
            MarketArchive market,
            Days days,
            Console console,
            ProgressReporter progress,
            Cancellation cancellation) {
        return switch (order.family()) {
            case LIGHTGBM -> {
                order.refuse("preset", order.preset(), "it has none");
                order.refuse("base", order.base(), "trees begin with nothing");
                order.refuse("reward", order.reward(), "it learns outcomes themselves");
                order.refuse("steps", order.steps(), "its rounds have none");
                order.refuse("warm-start", order.warmStart(), "trees are grown anew");
                LightGbmParameters parameters = lightGbm(order);
                Optional<NewsReader> reader = NewsReader.of(order.news(), order.reader(), market, console);
                DatasetBuilder rows = new DatasetBuilder(features(reader), order.label(LabelSpec.DEFAULT));
                NewsReader.Known news = read(reader, rows, days, progress, cancellation);
                yield new BarTraining<>(
                        new LightGbmTrainer(),
                        market.dataset(rows, days, news.scores(), progress, cancellation),
                        parameters,
                        parameters.stopping().maxRounds(),
                        1,
                        news.summary());
            }
            case TST -> {
                order.refuse("base", order.base(), "use --warm-start");
                order.refuse("reward", order.reward(), "it learns outcomes themselves");
                TstParameters parameters = tst(order);
                Optional<NewsReader> reader = NewsReader.of(order.news(), order.reader(), market, console);
                FeatureSet features = features(reader);
                Optional<ModelBundle> previous = Optional.ofNullable(order.warmStart())
                        .map(file -> previousOf(file, order.family(), shape(parameters), features));
                DatasetBuilder rows = new DatasetBuilder(
                        features,
                        order.label(LabelSpec.DEFAULT),
                        parameters.shape().bars());
                NewsReader.Known news = read(reader, rows, days, progress, cancellation);
                yield new BarTraining<>(
                        new TstTrainer(previous),
                        market.dataset(rows, days, news.scores(), progress, cancellation),
                        parameters,
                        parameters.schedule().stopping().maxRounds(),
                        parameters.schedule().batch(),
                        news.summary());
            }
            case TRL -> {
                order.refuse("reader", order.reader(), "it reads articles itself");
                order.refuse("steps", order.steps(), "an epoch has all articles");
                order.refuse("warm-start", order.warmStart(), "use --base");
                TrlParameters parameters = trl(order);
                List<NewsArticle> articles =
                        Articles.open(order.news(), market, console).on(days);
                yield new ArticleTraining(
                        new TrlTraining(
                                new ModelHub(HubSettings.of(System.getenv(), HUB)),
                                new Downloads(progress, cancellation)),
                        articles,
                        Articles.reactions(order.label(ArticleReactions.DEFAULT), market, days, progress, cancellation),
                        parameters);
            }
        };
    }

    private static FeatureSet features(Optional<NewsReader> reader) {
        return reader.isPresent() ? FeatureSet.priceNewsV1() : FeatureSet.priceV1();
    }

    private static NewsReader.Known read(
            Optional<NewsReader> reader,
            DatasetBuilder rows,
            Days days,
            ProgressReporter progress,
            Cancellation cancellation) {
        return reader.map(found -> found.read(rows, days, progress, cancellation))
                .orElse(NewsReader.Known.NOTHING);
    }

    /** Rows as a stored model reads them. */
    static Samples samples(
            ModelBundle bundle,
            @Nullable Path news,
            @Nullable Path reader,
            MarketArchive market,
            Days days,
            Console console,
            ProgressReporter progress,
            Cancellation cancellation) {
        return switch (bundle.family()) {
            case LIGHTGBM, TST -> {
                DatasetBuilder rows = new DatasetBuilder(
                        features(bundle), bundle.label(), bundle.rows().bars());
                NewsReader.Known known =
                        read(readerOf(bundle, news, reader, market, console), rows, days, progress, cancellation);
                yield market.dataset(rows, days, known.scores(), progress, cancellation);
            }
            case TRL -> {
                refuseReader(reader, "reads articles itself");
                yield Articles.open(news, market, console).samples(bundle, market, days, progress, cancellation);
            }
        };
    }

    private static void refuseReader(@Nullable Path reader, String why) {
        if (reader != null) {
            throw new StartFailure("--reader is not for this model, which " + why + ". Leave it out.");
        }
    }

    /**
     * The reader that a model was trained with: another one would tell it something else. Empty if its bars know no
     * news.
     */
    private static Optional<NewsReader> readerOf(
            ModelBundle bundle, @Nullable Path news, @Nullable Path reader, MarketArchive market, Console console) {
        if (!features(bundle).readsNews()) {
            refuseReader(reader, "was trained on prices alone");
            return Optional.empty();
        }
        NewsReader given = NewsReader.of(news, reader, market, console)
                .orElseThrow(
                        () -> new StartFailure("The model's candles know the news. Name an archive of articles with"
                                + " --news, and with --reader the model that reads them."));
        String trainedWith = bundle.provenance().parameters().get(NewsReader.PROVENANCE);
        if (trainedWith != null && !trainedWith.equals(given.sha256())) {
            throw new StartFailure(
                    "--reader " + reader + " has sha-256 " + given.sha256().substring(0, 16)
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
                    "The model cannot be judged by this version of Hindcast: " + e.getMessage()
                            + ". Use the version that made it, or train it again.",
                    e);
        }
    }

    private static LightGbmParameters lightGbm(TrainingOrder order) {
        LightGbmParameters usual = LightGbmParameters.DEFAULT;
        return usual.withEvaluation(usual.evaluation().withFeeRate(order.feeRate()))
                .withRounds(order.rounds() == null ? usual.stopping().maxRounds() : order.rounds())
                .withThreads(order.threads());
    }

    private static TstParameters tst(TrainingOrder order) {
        TstParameters usual = order.preset() == null ? TstParameters.SMALL : TstParameters.preset(order.preset());
        TstParameters.Schedule schedule = usual.schedule();
        return usual.withEvaluation(usual.evaluation().withFeeRate(order.feeRate()))
                .withEpochs(
                        order.rounds() == null ? schedule.stopping().maxRounds() : order.rounds(),
                        order.steps() == null ? schedule.stepsPerEpoch() : order.steps())
                .withDevice(order.device());
    }

    private static TrlParameters trl(TrainingOrder order) {
        TrlParameters usual = order.preset() == null ? TrlParameters.FINBERT : TrlParameters.preset(order.preset());
        if (order.base() != null) {
            String[] parts = order.base().split("@", 2);
            usual = usual.withBase(new BaseEncoder.Checkpoint(parts[0], parts.length == 2 ? parts[1] : "main"));
        }
        if (order.reward() != null) {
            usual = usual.withReward(Reward.named(order.reward()));
        }
        return usual.withEvaluation(usual.evaluation().withFeeRate(order.feeRate()))
                .withEpochs(order.rounds() == null ? usual.schedule().stopping().maxRounds() : order.rounds())
                .withDevice(order.device());
    }

    private static Map<String, String> shape(TstParameters parameters) {
        Map<String, String> shape = new TreeMap<>(parameters.toMap());
        shape.keySet().removeIf(name -> !name.startsWith("shape."));
        return shape;
    }

    private static ModelBundle previousOf(
            Path file, ModelFamily family, Map<String, String> shape, FeatureSet features) {
        ModelBundle previous = StoredModel.read(file, "warm-start").bundle();
        if (previous.family() != family
                || !previous.provenance().parameters().entrySet().containsAll(shape.entrySet())
                || !previous.provenance().features().equals(features.ref())) {
            throw new StartFailure("--warm-start " + file + " is "
                    + previous.provenance()
                            .parameters()
                            .getOrDefault("preset", previous.family().name())
                    + ", whose weights do not fit. Name a model of the same family, preset and features.");
        }
        return previous;
    }
}
