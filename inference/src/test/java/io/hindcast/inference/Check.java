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

/** What must hold of a log, whatever happened while it grew. */
final class Check {

    private Check() {}

    /**
     * Waits until the version has predicted each bar after its joining's and up to its leaving's cut, then compares
     * everything.
     */
    static void everyBarOnce(World world, VersionId version, ModelBundle bundle) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(said(world, version).keySet())
                        .containsExactlyInAnyOrderElementsOf(expected(world, version)));
        PointInTimeFeatures batch = features(world, bundle, true);
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            said(world, version).forEach((openTime, actual) -> {
                double[] out = new double[Scorer.CLASSES];
                scorer.score(batch.window(openTime, bundle.rows().bars()), 1, out);
                assertThat(actual)
                        .as("what %s said at %s", version, openTime)
                        .usingElementComparator(
                                bundle.family() == ModelFamily.LIGHTGBM
                                        ? Double::compare
                                        // a batch is split differently among vector lanes
                                        : (a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b))
                        .containsExactly(out[0], out[1], out[2]);
            });
        }
    }

    /** What the version would have said if there had been no news. */
    static Map<Long, List<Double>> wouldSayWithoutNews(World world, VersionId version, ModelBundle bundle) {
        PointInTimeFeatures batch = features(world, bundle, false);
        Map<Long, List<Double>> says = new TreeMap<>();
        try (Scorer scorer = ScorerEngines.open(bundle)) {
            for (long openTime : said(world, version).keySet()) {
                double[] out = new double[Scorer.CLASSES];
                scorer.score(batch.window(openTime, bundle.rows().bars()), 1, out);
                says.put(openTime, List.of(out[0], out[1], out[2]));
            }
        }
        return says;
    }

    private static PointInTimeFeatures features(World world, ModelBundle bundle, boolean news) {
        PointInTimeFeatures batch =
                new PointInTimeFeatures(FeatureSet.of(bundle.rows().source()));
        for (DomainEventMessage<?> event : world.events()) {
            if (event.getPayload() instanceof ScoreTookEffect counted && news) {
                batch.record(counted.score());
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

    /** Open times of the bars that the version's lane owes a prediction, by the order of the log alone. */
    static List<Long> expected(World world, VersionId version) {
        LogPosition joined = world.version(version).joined().orElseThrow();
        LogPosition left = world.version(version).left().orElse(null);
        boolean after = false;
        List<Long> bars = new ArrayList<>();
        for (DomainEventMessage<?> event : world.events()) {
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

    /** What the version said, by open time; fails if it said anything twice. */
    static Map<Long, List<Double>> said(World world, VersionId version) {
        Map<Long, List<Double>> said = new TreeMap<>();
        for (DomainEventMessage<?> event : world.events()) {
            if (event.getPayload() instanceof PredictionsRecorded e) {
                Predictions p = e.predictions();
                for (int row = 0; row < p.size(); row++) {
                    if (p.versionOf(row).equals(version)) {
                        List<Double> before = said.put(
                                e.openTime(row).toEpochMilli(),
                                List.of(
                                        p.sell().get(row),
                                        p.hold().get(row),
                                        p.buy().get(row)));
                        assertThat(before).as("what was said before").isNull();
                    }
                }
            }
        }
        return said;
    }
}
