package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.app.HindcastProcess;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A LightGBM version that is trained in the platform on bars with news sentiment: its live predictions, across a
 * restart, equal those recomputed from the log, bit for bit.
 */
class NewsFeatureIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final double SPEED = 120;
    private static final VersionId READER = VersionId.parse("trl:BTCUSDT:1");
    private static final VersionId WITH_NEWS = VersionId.parse("lightgbm:BTCUSDT:2");

    @TempDir
    Path folder;

    @Test
    void livePredictionsEqualThoseRecomputedFromTheLog() throws Exception {
        try (HindcastProcess process = start();
                GraphQlClient api = new GraphQlClient(process.port())) {
            await("articles are being scored")
                    .atMost(PATIENCE)
                    .ignoreExceptionsMatching(
                            early -> String.valueOf(early.getMessage()).matches("(?s).*(NOT_READY|UNKNOWN_SYMBOL).*"))
                    .until(() -> isLive(api, READER));
            // Nothing is measured in these days, which only have to contain news.
            process.context().getBean(ExchangeSimulator.class).speed(4 * SPEED);
            passMarketTime(process, Duration.ofDays(5));
        }
        byte[] artifact;
        try (HindcastProcess process = start();
                GraphQlClient api = new GraphQlClient(process.port())) {
            api.query("mutation { requestTraining(symbol: \"BTCUSDT\") { number } }");
            await("the next version is live").atMost(PATIENCE).until(() -> isLive(api, WITH_NEWS));
            passMarketTime(process, Duration.ofHours(3));
            process.context().getBean(ExchangeSimulator.class).hold();
            artifact = bundleOf(api, process);
        }
        try (HindcastProcess process = start()) {
            passMarketTime(process, Duration.ofHours(1));
        }
        ModelBundle bundle = ModelBundle.read(artifact);
        assertThat(bundle.provenance().features().name()).isEqualTo("price-news-v1");
        try (StoredLog log = new StoredLog(folder)) {
            List<ScoreTookEffect> counted = log.events(ScoreTookEffect.class);
            assertEachScoreCountsOnce(counted, log.events(ArticleScored.class));
            assertPredictionsEqualTheLog(log, counted, bundle);
        }
    }

    private static byte[] bundleOf(GraphQlClient api, HindcastProcess process) {
        JsonNode versions = api.query(
                        "{ models(symbol: \"BTCUSDT\") { versions { id artifactDigest artifactBytes } } }")
                .at("/models");
        for (JsonNode model : versions) {
            for (JsonNode version : model.get("versions")) {
                if (version.get("id").asText().equals(WITH_NEWS.toString())) {
                    return process.context()
                            .getBean(ArtifactStore.class)
                            .get(new io.hindcast.api.model.ArtifactRef(
                                    version.get("artifactDigest").asText(),
                                    version.get("artifactBytes").asLong()));
                }
            }
        }
        throw new AssertionError(WITH_NEWS + " is not among " + versions);
    }

    private static boolean isLive(GraphQlClient api, VersionId version) {
        for (JsonNode model : api.query("{ models(symbol: \"BTCUSDT\") { versions { id slot } } }")
                .at("/models")) {
            for (JsonNode one : model.get("versions")) {
                if (one.get("id").asText().equals(version.toString())
                        && !one.get("slot").isNull()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void passMarketTime(HindcastProcess process, Duration time) {
        ExchangeSimulator exchange = process.context().getBean(ExchangeSimulator.class);
        Instant until = exchange.instant().plus(time);
        await(time + " of market time pass")
                .atMost(PATIENCE)
                .until(() -> exchange.instant().isAfter(until));
    }

    /** Only scores that were recorded in time take effect on bars, each once. */
    private static void assertEachScoreCountsOnce(List<ScoreTookEffect> counted, List<ArticleScored> scored) {
        assertThat(counted)
                .extracting(score -> score.articleId() + "/" + score.reading())
                .doesNotHaveDuplicates();
        Map<String, ArticleScored> inTime = new TreeMap<>();
        scored.stream()
                .filter(event -> event.origin() != PredictionOrigin.RECONCILED)
                .forEach(event -> inTime.putIfAbsent(event.articleId() + "/" + event.reading(), event));
        assertThat(counted).isNotEmpty().allSatisfy(score -> {
            ArticleScored scoredInTime = inTime.get(score.articleId() + "/" + score.reading());
            assertThat(scoredInTime).isNotNull();
            assertThat(score.from()).isAfterOrEqualTo(scoredInTime.recordedAt());
        });
    }

    private static void assertPredictionsEqualTheLog(StoredLog log, List<ScoreTookEffect> counted, ModelBundle bundle)
            throws Exception {
        PointInTimeFeatures features = new PointInTimeFeatures(FeatureSet.priceNewsV1());
        counted.forEach(score -> features.record(score.score()));
        for (CandlesRecorded event : log.events(CandlesRecorded.class)) {
            for (int row = 0; row < event.candles().size(); row++) {
                features.record(new KnownBar(
                        Bar.of(event.candles().candle(event.day(), row)),
                        event.revision().get(row),
                        event.knownAt(row).toEpochMilli()));
            }
        }
        int sentiment = FeatureSet.priceNewsV1().names().indexOf("sentiment");
        int predictions = 0;
        int withSentiment = 0;
        double[] out = new double[Scorer.CLASSES];
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            for (PredictionsRecorded event : log.events(PredictionsRecorded.class)) {
                for (int row = 0; row < event.predictions().size(); row++) {
                    if (event.predictions().versionOf(row).equals(WITH_NEWS)) {
                        double[] bar = features.at(event.openTime(row).toEpochMilli());
                        scorer.score(bar, 1, out);
                        assertThat(List.of(
                                        event.predictions().sell().get(row),
                                        event.predictions().hold().get(row),
                                        event.predictions().buy().get(row)))
                                .as("prediction at %s", event.openTime(row))
                                .containsExactly(out[0], out[1], out[2]);
                        predictions++;
                        withSentiment += Double.isNaN(bar[sentiment]) ? 0 : 1;
                    }
                }
            }
        }
        assertThat(predictions).isGreaterThan(200);
        assertThat(withSentiment).isEqualTo(predictions);
        assertThat(log.events(VersionRegistered.class))
                .extracting(VersionRegistered::version)
                .contains(WITH_NEWS);
    }

    private HindcastProcess start() {
        return InProcessDemo.start(
                folder,
                8,
                SPEED,
                Map.of(
                        "hindcast.sagas.families", "LIGHTGBM,TRL",
                        "hindcast.training.lightgbm.rounds", "20",
                        "hindcast.training.trl.epochs", "1",
                        "hindcast.training.data.min-articles", "10",
                        "hindcast.training.data.min-news-share", "0.05"));
    }
}
