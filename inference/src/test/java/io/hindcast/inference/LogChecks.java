package io.hindcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.ml.feature.Bar;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.feature.PointInTimeFeatures;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.eventhandling.DomainEventMessage;

/** Properties that every log must have, whatever happened while it was written. */
final class LogChecks {

    private LogChecks() {}

    /**
     * Waits until a version has predicted every bar between the cuts of its joining and leaving, then compares all its
     * predictions with batch scoring.
     */
    static void assertEveryBarPredictedOnce(TestPlatform platform, VersionId version, ModelBundle bundle) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(predictions(platform, version).keySet())
                        .containsExactlyInAnyOrderElementsOf(expected(platform, version)));
        assertAsLive(platform, version, bundle, predictions(platform, version));
    }

    /** Compares predictions with those that a lane would have made live. */
    static void assertAsLive(
            TestPlatform platform, VersionId version, ModelBundle bundle, Map<Long, List<Double>> predictions) {
        PointInTimeFeatures batch = features(platform, bundle, true);
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            predictions.forEach((openTime, actual) -> {
                double[] out = new double[Scorer.CLASSES];
                scorer.score(batch.window(openTime, bundle.rows().bars()), 1, out);
                assertThat(actual)
                        .as("prediction of %s for %s", version, openTime)
                        .usingElementComparator(
                                bundle.family() == ModelFamily.LIGHTGBM
                                        ? Double::compare
                                        // batches of different sizes use vector instructions differently
                                        : (a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b))
                        .containsExactly(out[0], out[1], out[2]);
            });
        }
    }

    /** Predictions that the version would have made without news. */
    static Map<Long, List<Double>> predictionsWithoutNews(
            TestPlatform platform, VersionId version, ModelBundle bundle) {
        PointInTimeFeatures batch = features(platform, bundle, false);
        Map<Long, List<Double>> predictions = new TreeMap<>();
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            for (long openTime : predictions(platform, version).keySet()) {
                double[] out = new double[Scorer.CLASSES];
                scorer.score(batch.window(openTime, bundle.rows().bars()), 1, out);
                predictions.put(openTime, List.of(out[0], out[1], out[2]));
            }
        }
        return predictions;
    }

    private static PointInTimeFeatures features(TestPlatform platform, ModelBundle bundle, boolean news) {
        PointInTimeFeatures batch =
                new PointInTimeFeatures(FeatureSet.of(bundle.rows().source()));
        for (DomainEventMessage<?> event : platform.events()) {
            if (event.getPayload() instanceof ScoreTookEffect effect && news) {
                batch.record(effect.score());
            }
            if (event.getPayload() instanceof CandlesRecorded e) {
                for (int row = 0; row < e.candles().size(); row++) {
                    batch.record(new KnownBar(
                            Bar.of(e.candles().candle(e.day(), row)),
                            e.revision().get(row),
                            e.knownAt(row).toEpochMilli()));
                }
            }
        }
        return batch;
    }

    /** Open times of the bars that the version's lane must predict, from the order of the log alone. */
    static List<Long> expected(TestPlatform platform, VersionId version) {
        LogPosition joined = platform.version(version).joined().orElseThrow();
        LogPosition left = platform.version(version).left().orElse(null);
        boolean after = false;
        List<Long> bars = new ArrayList<>();
        for (DomainEventMessage<?> event : platform.events()) {
            if (event.getPayload() instanceof CandlesRecorded e) {
                if (after && e.source() != CandleSource.HISTORY) {
                    for (int row = 0; row < e.candles().size(); row++) {
                        if (e.revision().get(row) == 0) {
                            bars.add(e.candles().openTime(e.day(), row).toEpochMilli());
                        }
                    }
                }
                LogPosition here = new LogPosition(event.getAggregateIdentifier(), event.getSequenceNumber());
                if (here.equals(joined)) {
                    after = true;
                }
                if (here.equals(left)) {
                    return bars;
                }
            }
        }
        return bars;
    }

    /** Predictions of a version by open time; fails if a bar was predicted twice. */
    static Map<Long, List<Double>> predictions(TestPlatform platform, VersionId version) {
        Map<Long, List<Double>> predicted = new TreeMap<>();
        for (DomainEventMessage<?> event : platform.events()) {
            if (event.getPayload() instanceof PredictionsRecorded e) {
                Predictions p = e.predictions();
                for (int row = 0; row < p.size(); row++) {
                    if (p.versionOf(row).equals(version)) {
                        List<Double> before = predicted.put(
                                e.openTime(row).toEpochMilli(),
                                List.of(
                                        p.sell().get(row),
                                        p.hold().get(row),
                                        p.buy().get(row)));
                        assertThat(before).as("earlier prediction").isNull();
                    }
                }
            }
        }
        return predicted;
    }
}
