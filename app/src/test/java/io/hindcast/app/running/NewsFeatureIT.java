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
import io.hindcast.app.local.DataFolder;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.console.Console;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A version of a model that reads bars, trained in the platform on what bars knew of the news: what it says live,
 * across a restart, is what the log alone gives afterwards, bit for bit.
 */
class NewsFeatureIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final VersionId READER = VersionId.parse("trl:BTCUSDT:1");
    private static final VersionId INFORMED = VersionId.parse("lightgbm:BTCUSDT:2");

    @TempDir
    Path folder;

    @Test
    void whatBarsKnewLiveIsWhatTheLogSaysTheyKnew() throws Exception {
        try (HindcastProcess process = start();
                GraphQl api = new GraphQl(process.port())) {
            await("articles are being read")
                    .atMost(PATIENCE)
                    .ignoreExceptionsMatching(
                            early -> String.valueOf(early.getMessage()).contains("NOT_READY"))
                    .until(() -> isLive(api, READER));
            goBy(process, Duration.ofDays(5));
        }
        byte[] artifact;
        try (HindcastProcess process = start();
                GraphQl api = new GraphQl(process.port())) {
            api.query("mutation { requestTraining(symbol: \"BTCUSDT\") { number } }");
            await("the next version is live").atMost(PATIENCE).until(() -> isLive(api, INFORMED));
            goBy(process, Duration.ofHours(3));
            process.context().getBean(ExchangeSimulator.class).hold();
            artifact = bundleOf(api, process);
        }
        try (HindcastProcess process = start()) {
            goBy(process, Duration.ofHours(1));
        }
        ModelBundle bundle = ModelBundle.read(artifact);
        assertThat(bundle.provenance().features().name()).isEqualTo("price-news-v1");
        try (StoredLog log = new StoredLog(folder)) {
            List<ScoreTookEffect> counted = log.events(ScoreTookEffect.class);
            assertEachScoreCountsOnce(counted, log.events(ArticleScored.class));
            assertSaidWhatTheLogGives(log, counted, bundle);
        }
    }

    private static byte[] bundleOf(GraphQl api, HindcastProcess process) {
        JsonNode versions = api.query(
                        "{ models(symbol: \"BTCUSDT\") { versions { id artifactDigest artifactBytes } } }")
                .at("/models");
        for (JsonNode model : versions) {
            for (JsonNode version : model.get("versions")) {
                if (version.get("id").asText().equals(INFORMED.toString())) {
                    return process.context()
                            .getBean(ArtifactStore.class)
                            .get(new io.hindcast.api.model.ArtifactRef(
                                    version.get("artifactDigest").asText(),
                                    version.get("artifactBytes").asLong()));
                }
            }
        }
        throw new AssertionError(INFORMED + " is not among " + versions);
    }

    private static boolean isLive(GraphQl api, VersionId version) {
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

    private static void goBy(HindcastProcess process, Duration time) {
        ExchangeSimulator exchange = process.context().getBean(ExchangeSimulator.class);
        Instant until = exchange.instant().plus(time);
        await(time + " of the market go by")
                .atMost(PATIENCE)
                .until(() -> exchange.instant().isAfter(until));
    }

    /** What was said in time of texts that are about this market's news, and nothing else. */
    private static void assertEachScoreCountsOnce(List<ScoreTookEffect> counted, List<ArticleScored> scored) {
        assertThat(counted)
                .extracting(score -> score.articleId() + "/" + score.reading())
                .doesNotHaveDuplicates();
        Map<String, ArticleScored> inTime = new TreeMap<>();
        scored.stream()
                .filter(event -> event.origin() != PredictionOrigin.RECONCILED)
                .forEach(event -> inTime.putIfAbsent(event.articleId() + "/" + event.reading(), event));
        assertThat(counted).isNotEmpty().allSatisfy(score -> {
            ArticleScored said = inTime.get(score.articleId() + "/" + score.reading());
            assertThat(said).isNotNull();
            assertThat(score.from()).isAfterOrEqualTo(said.recordedAt());
        });
    }

    private static void assertSaidWhatTheLogGives(StoredLog log, List<ScoreTookEffect> counted, ModelBundle bundle)
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
        int said = 0;
        int knowing = 0;
        double[] out = new double[Scorer.CLASSES];
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            for (PredictionsRecorded event : log.events(PredictionsRecorded.class)) {
                for (int row = 0; row < event.predictions().size(); row++) {
                    if (event.predictions().versionOf(row).equals(INFORMED)) {
                        double[] bar = features.at(event.openTime(row).toEpochMilli());
                        scorer.score(bar, 1, out);
                        assertThat(List.of(
                                        event.predictions().sell().get(row),
                                        event.predictions().hold().get(row),
                                        event.predictions().buy().get(row)))
                                .as("what was said at %s", event.openTime(row))
                                .containsExactly(out[0], out[1], out[2]);
                        said++;
                        knowing += Double.isNaN(bar[sentiment]) ? 0 : 1;
                    }
                }
            }
        }
        assertThat(said).isGreaterThan(200);
        assertThat(knowing).isEqualTo(said);
        assertThat(log.events(VersionRegistered.class))
                .extracting(VersionRegistered::version)
                .contains(INFORMED);
    }

    private HindcastProcess start() {
        System.setProperty("axoniq.update-checker.disabled", "true");
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("server.port", "0");
        properties.put("hindcast.simulator.enabled", "true");
        properties.put("hindcast.simulator.seed", "5");
        properties.put("hindcast.feeds.symbols", "BTCUSDT");
        properties.put("hindcast.feeds.history-days", "8");
        properties.put("hindcast.simulator.speed", "120");
        properties.put("hindcast.sagas.history-days", "8");
        properties.put("hindcast.sagas.families", "LIGHTGBM,TRL");
        properties.put("hindcast.training.lightgbm.rounds", "20");
        properties.put("hindcast.training.trl.epochs", "1");
        properties.put("hindcast.training.data.min-articles", "10");
        properties.put("hindcast.training.data.min-news-share", "0.05");
        return HindcastProcess.start(
                DataFolder.open(folder),
                properties,
                new Console(new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8), false),
                false);
    }
}
