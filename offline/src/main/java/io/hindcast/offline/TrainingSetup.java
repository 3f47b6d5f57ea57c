package io.hindcast.offline;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.console.StartFailure;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.hub.HubSettings;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.label.ArticleReactions;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.trl.NewsArticle;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.trl.TrlTraining;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prepares the training of each family from files: checks its options, reads its data, and creates its trainer. */
final class TrainingSetup {

    /** Published encoders, shared by all projects of the user. */
    private static final Path HUB = Path.of(System.getProperty("user.home"), ".cache", "hindcast", "hub");

    private final TrainingSpec spec;
    private final MarketArchive market;
    private final DayRange days;
    private final RunContext context;

    /** @param days days of training and evaluation */
    TrainingSetup(TrainingSpec spec, MarketArchive market, DayRange days, RunContext context) {
        this.spec = spec;
        this.market = market;
        this.days = days;
        this.context = context;
    }

    /**
     * Prepares the training.
     *
     * @throws StartFailure naming the option or file that cannot be used
     * @throws IllegalArgumentException if a parameter or the data cannot be used
     */
    PreparedTraining prepare() {
        return switch (spec.family()) {
            case LIGHTGBM -> lightGbm();
            case TST -> tst();
            case TRL -> trl();
        };
    }

    private PreparedTraining lightGbm() {
        spec.refuse("preset", spec.start().preset(), "it has none");
        spec.refuse("base", spec.start().base(), "trees start from nothing");
        spec.refuse("reward", spec.start().reward(), "it learns outcomes themselves");
        spec.refuse("steps", spec.limits().steps(), "its rounds have none");
        spec.refuse("warm-start", spec.start().warmStart(), "trees are grown anew");
        LightGbmParameters parameters = FamilyParameters.lightGbm(spec);
        Optional<SentimentModel> reader = SentimentModel.of(spec.news(), market, context.console());
        DatasetBuilder rows = new DatasetBuilder(features(reader), spec.labelOr(LabelSpec.DEFAULT));
        SentimentModel.Scored news = SentimentModel.score(reader, rows, days, context);
        return new BarTraining<>(
                new LightGbmTrainer(),
                market.dataset(rows, days, news.scores(), context),
                parameters,
                parameters.stopping().maxRounds(),
                1,
                news.summary());
    }

    private PreparedTraining tst() {
        spec.refuse("base", spec.start().base(), "use --warm-start");
        spec.refuse("reward", spec.start().reward(), "it learns outcomes themselves");
        TstParameters parameters = FamilyParameters.tst(spec);
        Optional<SentimentModel> reader = SentimentModel.of(spec.news(), market, context.console());
        FeatureSet features = features(reader);
        Optional<ModelBundle> previous = Optional.ofNullable(spec.start().warmStart())
                .map(file -> warmStart(file, spec.family(), shape(parameters), features));
        DatasetBuilder rows = new DatasetBuilder(
                features, spec.labelOr(LabelSpec.DEFAULT), parameters.shape().bars());
        SentimentModel.Scored news = SentimentModel.score(reader, rows, days, context);
        return new BarTraining<>(
                new TstTrainer(previous),
                market.dataset(rows, days, news.scores(), context),
                parameters,
                parameters.schedule().stopping().maxRounds(),
                parameters.schedule().batch(),
                news.summary());
    }

    private PreparedTraining trl() {
        spec.refuse("reader", spec.news().reader(), "it reads articles itself");
        spec.refuse("steps", spec.limits().steps(), "an epoch has all articles");
        spec.refuse("warm-start", spec.start().warmStart(), "use --base");
        TrlParameters parameters = FamilyParameters.trl(spec);
        List<NewsArticle> articles = ArticleArchive.open(spec.news().articles(), market, context.console())
                .on(days);
        return new ArticleTraining(
                new TrlTraining(new ModelHub(HubSettings.of(System.getenv(), HUB)), new DownloadDisplay(context)),
                articles,
                ArticleArchive.reactions(spec.labelOr(ArticleReactions.DEFAULT), market, days, context),
                parameters);
    }

    private static FeatureSet features(Optional<SentimentModel> reader) {
        return reader.isPresent() ? FeatureSet.priceNewsV1() : FeatureSet.priceV1();
    }

    private static Map<String, String> shape(TstParameters parameters) {
        Map<String, String> shape = new TreeMap<>(parameters.toMap());
        shape.keySet().removeIf(name -> !name.startsWith("shape."));
        return shape;
    }

    private static ModelBundle warmStart(
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
