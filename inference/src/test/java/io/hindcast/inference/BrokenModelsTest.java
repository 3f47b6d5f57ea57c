package io.hindcast.inference;

import static io.hindcast.inference.LogChecks.assertEveryBarPredictedOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.RecordPredictions;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.inference.model.ModelSource;
import io.hindcast.runtime.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes whose models fail to load or to score. */
@NullUnmarked
class BrokenModelsTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 2 * 1_440;
    private static final List<Candle> BARS = RandomWalk.bars(START, HISTORY + 2_000, 11);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestPlatform platform;
    private ModelSource honest;
    private final FaultyModels models = new FaultyModels();
    private int next = HISTORY;

    @BeforeEach
    void importHistory() {
        platform = new TestPlatform(artifacts, true);
        platform.history(BARS.subList(0, HISTORY));
        honest = platform.source;
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private void bars(int count) {
        for (int i = 0; i < count; i++) {
            platform.live(BARS.get(next++));
        }
    }

    private VersionId live(int number, long seed) {
        VersionId id = platform.promote(number, TestModels.bundle(seed));
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(platform.version(id).joined()).isPresent();
        });
        platform.shiftSlots(id);
        return id;
    }

    /** Breaks the models of a version's lane; its backfill has a copy of its own, which works. */
    private void breakModelsOf(int number) {
        platform.source = version -> version.version().number() == number
                        && !Thread.currentThread().getName().startsWith("backfill")
                ? models.of(honest.load(version))
                : honest.load(version);
    }

    private LaneStatus lane(VersionId id) {
        return platform.lanes().stream()
                .filter(lane -> lane.version().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void abandonsBarThatCannotBeScoredAndPredictsAllOthers() {
        breakModelsOf(2);
        platform.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = live(2, 8);
        bars(3);
        assertEveryBarPredictedOnce(platform, v2, TestModels.bundle(8));

        models.arm();
        bars(1);
        await().atMost(PATIENCE).until(models::isPoisoned);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            bars(1);
            assertThat(platform.outages.losses()).hasSize(1);
        });
        bars(5);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(LogChecks.predictions(platform, v2).keySet())
                                .hasSize(LogChecks.expected(platform, v2).size() - 1));
        List<Long> missing = new ArrayList<>(LogChecks.expected(platform, v2));
        missing.removeAll(LogChecks.predictions(platform, v2).keySet());
        Outage loss = platform.outages.losses().getFirst();
        assertThat(loss.severity()).isEqualTo(Outage.Severity.LOST);
        assertThat(loss.summary())
                .contains("lightgbm:BTCUSDT:2")
                .contains(Instant.ofEpochMilli(missing.getFirst()).toString())
                .contains("no room for this row");
        assertThat(platform.meters()
                        .get("hindcast.predictions.missed")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(lane(v2).state()).isEqualTo(LaneStatus.State.PREDICTING);
        assertThat(lane(v2).missed()).isZero();
        assertThat(platform.outages.current()).isEmpty();
        assertThat(models.opened)
                .as("loaded again once, to see whether that helps")
                .hasValue(2);
        assertThat(models.open).hasValue(1);
    }

    @Test
    void modelThatScoresNothingIsUnhealthyAndRetriedAtGrowingIntervals() {
        breakModelsOf(2);
        platform.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = live(2, 8);
        bars(3);
        assertEveryBarPredictedOnce(platform, v2, TestModels.bundle(8));

        models.dead = true;
        int before = models.opened.get();
        long since = System.nanoTime();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            bars(1);
            assertThat(models.opened.get() - before).isGreaterThanOrEqualTo(5);
        });
        Duration took = Duration.ofNanos(System.nanoTime() - since);

        assertThat(took).as("five pauses of 100 to 200 ms").isGreaterThan(Duration.ofMillis(500));
        assertThat(lane(v2).state()).isEqualTo(LaneStatus.State.UNHEALTHY);
        assertThat(lane(v2).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("OutOfMemoryError: no room for this row"));
        assertThat(platform.outages.current()).singleElement().satisfies(outage -> {
            assertThat(outage.part()).isEqualTo("lane of lightgbm:BTCUSDT:2");
            assertThat(outage.summary()).contains("no room for this row").contains("train a new version");
        });
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));

        models.dead = false;
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(lane(v2).state()).isEqualTo(LaneStatus.State.PREDICTING);
        });
        assertEveryBarPredictedOnce(platform, v2, TestModels.bundle(8));
        assertThat(platform.outages.current()).isEmpty();
        assertThat(platform.outages.losses()).isEmpty();
        assertThat(models.open).hasValue(1);
    }

    @Test
    void retriesErrorOnTheProcessorThread() {
        FaultyCommandBus failures = platform.start();
        VersionId v1 = live(1, 7);
        failures.failWithError(RecordPredictions.class, 1);
        bars(5);
        await().atMost(PATIENCE).until(failures::failed);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        failures.failWithError(JoinLane.class, 1);
        VersionId v2 = live(2, 8);
        bars(5);

        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        assertEveryBarPredictedOnce(platform, v2, TestModels.bundle(8));
    }

    @Test
    void retriesLoadingAfterMemoryWasExhausted() {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch seen = new CountDownLatch(1);
        platform.source = version -> {
            if (version.version().number() == 2 && (attempts.incrementAndGet() <= 3 || seen.getCount() > 0)) {
                throw new OutOfMemoryError("Java heap space");
            }
            return honest.load(version);
        };
        platform.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = platform.promote(2, TestModels.bundle(8));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.outages.current())
                        .singleElement()
                        .satisfies(outage -> {
                            assertThat(outage.part()).isEqualTo("lane of lightgbm:BTCUSDT:2");
                            assertThat(outage.summary())
                                    .contains("OutOfMemoryError: Java heap space")
                                    .contains("-Xmx");
                        }));
        seen.countDown();
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(platform.version(v2).joined()).isPresent();
        });
        bars(3);

        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        assertEveryBarPredictedOnce(platform, v2, TestModels.bundle(8));
        assertThat(platform.outages.current()).isEmpty();
    }

    @Test
    void recordsReasonOfAbandonedPromotion() {
        platform.source = version -> {
            throw new LinkageError("no onnxruntime here");
        };
        platform.start();
        VersionId v1 = platform.promote(1, TestModels.bundle(7));
        bars(1);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(platform.version(v1).abandonReason()).isPresent());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(platform.outages.losses())
                    .singleElement()
                    .satisfies(loss -> assertThat(loss.summary())
                            .contains("promotion of lightgbm:BTCUSDT:1")
                            .contains("no onnxruntime here"));
            assertThat(platform.outages.current()).isEmpty();
        });
    }

    @Test
    void closesEveryModelExactlyOnce() {
        platform.source = version -> models.of(honest.load(version));
        platform.start();
        for (int number = 1; number <= 12; number++) {
            live(number, 1 + number % 5);
            bars(2);
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(models.open).hasValue(3);
        });

        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        platform.source = version -> {
            loading.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return models.of(honest.load(version));
        };
        VersionId late = platform.promote(13, TestModels.bundle(2));
        await().atMost(PATIENCE).until(() -> loading.getCount() == 0);
        int openedBefore = models.opened.get();
        platform.append(late.model().toString(), new PromotionAbandoned(late, "changed our mind", Instant.EPOCH));
        await().atMost(PATIENCE)
                .until(() -> platform.lanes().stream()
                        .noneMatch(lane -> lane.version().equals(late)));
        goOn.countDown();
        await().atMost(PATIENCE).until(() -> models.opened.get() == openedBefore + 1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(models.open).hasValue(3));

        platform.stop();

        assertThat(models.open).hasValue(0);
        assertThat(models.closedAgain).hasValue(0);
    }
}
