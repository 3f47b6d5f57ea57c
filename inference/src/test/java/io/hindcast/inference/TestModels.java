package io.hindcast.inference;

import io.hindcast.api.market.Candle;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.Sentiment;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.hub.DownloadProgress;
import io.hindcast.ml.hub.HubSettings;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.model.GoldenRows;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.train.TrainingControl;
import io.hindcast.ml.trl.BaseEncoder;
import io.hindcast.ml.trl.NewsArticle;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.trl.TrlTraining;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstShape;
import io.hindcast.ml.tst.TstTrainer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Small models of every family. */
final class TestModels {
    private static final Instant FROM = Instant.parse("2021-01-01T00:00:00Z");
    private static final Map<Long, ModelBundle> TRAINED = new ConcurrentHashMap<>();
    private static final Map<Long, ModelBundle> TRANSFORMERS = new ConcurrentHashMap<>();
    private static final Map<Long, ModelBundle> READERS = new ConcurrentHashMap<>();
    private static final Map<Long, ModelBundle> NEWS_TREES = new ConcurrentHashMap<>();
    private static final Map<Long, ModelBundle> NEWS_TRANSFORMERS = new ConcurrentHashMap<>();
    private static final Dataset DATASET = dataset(1);
    private static final TstParameters TINY =
            TstParameters.SMALL.withShape(new TstShape(8, 0, 1, 1, 8, 8)).withEpochs(1, 5);

    private TestModels() {}

    static ModelBundle bundle(long seed) {
        return TRAINED.computeIfAbsent(
                seed,
                s -> new LightGbmTrainer()
                        .train(DATASET, LightGbmParameters.DEFAULT.withRounds(4), s, TrainingControl.NONE)
                        .bundle(new LogPosition("BTCUSDT:1m:2021-01-02", 0)));
    }

    /** Trees with sentiment features, trained on a market that follows the news. */
    static ModelBundle newsTrees(long seed) {
        return NEWS_TREES.computeIfAbsent(
                seed,
                s -> new LightGbmTrainer()
                        .train(newsDataset(1), LightGbmParameters.DEFAULT.withRounds(4), s, TrainingControl.NONE)
                        .bundle(new LogPosition("BTCUSDT:1m:2021-01-02", 0)));
    }

    /** A transformer over windows of eight bars with sentiment features. */
    static ModelBundle newsTransformer(long seed) {
        return NEWS_TRANSFORMERS.computeIfAbsent(
                seed,
                s -> new TstTrainer()
                        .train(newsDataset(8), TINY, s, TrainingControl.NONE)
                        .bundle(new LogPosition("BTCUSDT:1m:2021-01-02", 0)));
    }

    /** A transformer over windows of eight bars. */
    static ModelBundle transformer(long seed) {
        return TRANSFORMERS.computeIfAbsent(
                seed,
                s -> new TstTrainer()
                        .train(dataset(8), TINY, s, TrainingControl.NONE)
                        .bundle(new LogPosition("BTCUSDT:1m:2021-01-02", 0)));
    }

    /** A model of articles with one layer, a tiny vocabulary and a few training steps. */
    static ModelBundle reader(long seed) {
        return READERS.computeIfAbsent(seed, s -> {
            List<Candle> bars = RandomWalk.bars(FROM, 8 * 1_440, 5);
            List<NewsArticle> articles = IntStream.range(0, 168)
                    .mapToObj(hour -> new NewsArticle(
                            "article " + hour,
                            hour % 3 == 0 ? "Bitcoin rises again" : "Miners sell what they hold",
                            "Hour " + hour + " of the week.",
                            FROM.plusSeconds(3_600L * (hour + 1)).toEpochMilli()))
                    .toList();
            TrlParameters parameters = TrlParameters.SMALL
                    .withBase(new BaseEncoder.Local(128, 1, 1, 8, 0, 16, 1e-3))
                    .withMaxTokens(16)
                    .withEpochs(1, 1e-3);
            return new TrlTraining(
                            new ModelHub(new HubSettings(
                                    URI.create("http://localhost:9"),
                                    Path.of("no-hub"),
                                    Optional.empty(),
                                    true,
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(1))),
                            DownloadProgress.NONE)
                    .train(articles, bars.stream().map(TestModels::known).toList(), parameters, s, TrainingControl.NONE)
                    .bundle(new LogPosition("BTCUSDT:1m:2021-01-08", 0));
        });
    }

    private static KnownBar known(Candle bar) {
        return new KnownBar(Bar.of(bar), 0, bar.openTime().plusSeconds(60).toEpochMilli());
    }

    /** A bundle whose model does not reproduce its golden rows. */
    static ModelBundle lying(long seed) {
        ModelBundle honest = bundle(seed);
        double[] other = honest.golden().probabilities();
        double first = other[0];
        other[0] = other[1];
        other[1] = first;
        return honest.withGolden(
                new GoldenRows(FeatureSet.priceV1().names(), honest.golden().inputs(), other));
    }

    private static Dataset dataset(int windowBars) {
        List<Candle> bars = RandomWalk.bars(FROM, 2_880, 3);
        List<KnownBar> known = bars.stream().map(TestModels::known).toList();
        return new DatasetBuilder(FeatureSet.priceV1(), LabelSpec.DEFAULT, windowBars)
                .build(known, List.of(), FROM, bars.getLast().openTime());
    }

    /**
     * Bars that stand still without news and follow it otherwise: the scores of one text that is corrected every half
     * hour.
     */
    private static Dataset newsDataset(int windowBars) {
        ArticleId id = ArticleId.of(new ArticleUrl("https://example.com/news"));
        Random random = new Random(3);
        long from = FROM.toEpochMilli();
        List<KnownBar> bars = new ArrayList<>();
        List<Sentiment.Score> scores = new ArrayList<>();
        double close = 20_000;
        double drift = 0;
        for (int i = 0; i < 2_880; i++) {
            long openTime = from + i * 60_000L;
            if (i >= 960 && i % 30 == 0) {
                drift = random.nextBoolean() ? 0.0005 : -0.0005;
                scores.add(new Sentiment.Score(id, scores.size(), from, openTime, drift * 1_800));
            }
            double open = close;
            close = open * (1 + drift + 0.0001 * random.nextGaussian());
            double high = Math.max(open, close);
            Bar bar = new Bar(openTime, open, high, Math.min(open, close), close, 1, close, 10, 0.5, close / 2);
            bars.add(new KnownBar(bar, 0, openTime + 60_000));
        }
        return new DatasetBuilder(FeatureSet.priceNewsV1(), LabelSpec.DEFAULT, windowBars)
                .build(bars, scores, FROM, FROM.plusSeconds(60L * 2_879));
    }
}
