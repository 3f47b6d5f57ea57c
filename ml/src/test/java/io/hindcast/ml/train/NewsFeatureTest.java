package io.hindcast.ml.train;

import static io.hindcast.ml.RandomMarket.MIDNIGHT;
import static io.hindcast.ml.RandomMarket.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.Sentiment;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.explain.Importance;
import io.hindcast.ml.explain.Importances;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.tst.TstParameters;
import io.hindcast.ml.tst.TstShape;
import io.hindcast.ml.tst.TstTrainer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** News features help where news is informative, and do no harm where nothing was learned from them. */
class NewsFeatureTest {

    private static final LogPosition POSITION = new LogPosition("BTCUSDT:1m:2024-03-08", 3);
    private static final LabelSpec HOUR = new LabelSpec(60, 0.1);

    /** Coarse leaves: sentiment is constant between two articles, so small leaves would overfit to single periods. */
    private static final LightGbmParameters COARSE = new LightGbmParameters(
            EvaluationSettings.DEFAULT,
            new StoppingRule(60, 10),
            new LightGbmParameters.Trees(4, 2_000, 0.8, 0.8, 1),
            0.1,
            0.5,
            1);

    private final List<KnownBar> bars = new ArrayList<>();
    private final List<Sentiment.Score> scores = new ArrayList<>();

    /** Generates a market that follows its news: an article every six hours, and prices that follow the sentiment. */
    private void market(int days) {
        RandomGenerator random = RandomMarket.random(4);
        Sentiment sentiment = new Sentiment(scores);
        double close = 20_000;
        for (int i = 0; i < days * 1440; i++) {
            long openTime = MIDNIGHT + i * MINUTE;
            if (i % 360 == 30) {
                ArticleId id = ArticleId.of(new ArticleUrl("https://example.com/" + i));
                scores.add(new Sentiment.Score(id, 0, openTime, openTime, random.nextDouble(-1, 1)));
                sentiment = new Sentiment(scores);
            }
            double mood = sentiment.at(openTime).value();
            double drift = Double.isNaN(mood) ? 0 : 0.0002 * mood;
            double open = close;
            close = open * (1 + drift + 0.0003 * random.nextGaussian());
            double high = Math.max(open, close);
            Bar bar = new Bar(openTime, open, high, Math.min(open, close), close, 1, close, 10, 0.5, close / 2);
            bars.add(KnownBar.atClose(bar));
        }
    }

    private Dataset dataset(FeatureSet features, LabelSpec label, int window, List<Sentiment.Score> known) {
        return new DatasetBuilder(features, label, window)
                .build(
                        bars,
                        known,
                        Instant.ofEpochMilli(MIDNIGHT),
                        Instant.ofEpochMilli(MIDNIGHT + (bars.size() - 1) * MINUTE));
    }

    private static TrainedModel trees(Dataset dataset) {
        return new LightGbmTrainer().train(dataset, COARSE, 1, TrainingControl.NONE);
    }

    @Test
    void informativeNewsImprovesTrees() {
        market(40);
        TrainedModel prices = trees(dataset(FeatureSet.priceV1(), HOUR, 1, List.of()));
        TrainedModel news = trees(dataset(FeatureSet.priceNewsV1(), HOUR, 1, scores));

        assertThat(news.evaluation().logLoss()).isLessThan(prices.evaluation().logLoss() - 0.01);
        assertThat(news.evaluation().mcc()).isGreaterThan(prices.evaluation().mcc() + 0.02);
    }

    @Test
    void newsSeenOnlyAfterTrainingChangesNoProbability() {
        market(3);
        Dataset silent = dataset(FeatureSet.priceNewsV1(), LabelSpec.DEFAULT, 1, List.of());
        sameWithNews(trees(silent).bundle(POSITION), 1);
        Dataset windows = dataset(FeatureSet.priceNewsV1(), LabelSpec.DEFAULT, 8, List.of());
        for (int patch : new int[] {0, 4}) {
            sameWithNews(transformer(windows, patch).bundle(POSITION), 8);
        }
    }

    private static TrainedModel transformer(Dataset windows, int patch) {
        TstParameters quick = TstParameters.SMALL
                .withShape(new TstShape(8, patch, 1, 1, 8, 8))
                .withEpochs(1, 10);
        return new TstTrainer().train(windows, quick, 1, TrainingControl.NONE);
    }

    @Test
    void importanceIncludesNewsFeatures() {
        market(3);
        Dataset rows = dataset(FeatureSet.priceNewsV1(), LabelSpec.DEFAULT, 1, scores);
        namesNews(new LightGbmTrainer().train(rows, LightGbmParameters.DEFAULT, 1, TrainingControl.NONE));
        namesNews(transformer(dataset(FeatureSet.priceNewsV1(), LabelSpec.DEFAULT, 8, scores), 0));
    }

    private static void namesNews(TrainedModel trained) {
        ModelBundle bundle = trained.bundle(POSITION);
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            Map<String, Double> amounts =
                    Importances.of(bundle, scorer, trained.test(), _ -> {}).getFirst().values().stream()
                            .collect(Collectors.toMap(Importance.Value::name, Importance.Value::amount));
            assertThat(amounts)
                    .containsOnlyKeys(FeatureSet.priceNewsV1().names())
                    .hasEntrySatisfying(
                            "sentiment", amount -> assertThat(amount).isNotZero());
        }
    }

    private void sameWithNews(ModelBundle bundle, int window) {
        Dataset silent = dataset(FeatureSet.priceNewsV1(), LabelSpec.DEFAULT, window, List.of());
        Dataset loud = dataset(FeatureSet.priceNewsV1(), LabelSpec.DEFAULT, window, scores);
        double[] row = new double[silent.inputs()];
        double[] without = new double[Scorer.CLASSES];
        double[] with = new double[Scorer.CLASSES];
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            for (int i = 100; i < silent.rows(); i += 211) {
                silent.read(i, row, 0);
                assertThat(row[row.length - 1]).isNaN();
                scorer.score(row, 1, without);
                loud.read(i, row, 0);
                assertThat(row[row.length - 1]).isPositive();
                scorer.score(row, 1, with);
                assertThat(with).isEqualTo(without);
            }
        }
    }
}
