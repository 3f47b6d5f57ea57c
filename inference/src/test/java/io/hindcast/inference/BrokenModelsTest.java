package io.hindcast.inference;

import static io.hindcast.inference.Check.everyBarOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.RecordPredictions;
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

/** Lanes whose models fail in ways that no good model does. */
@NullUnmarked
class BrokenModelsTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 2 * 1_440;
    private static final List<Candle> BARS = Markets.bars(START, HISTORY + 2_000, 11);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private World world;
    private ModelSource honest;
    private final Mortal mortal = new Mortal();
    private int next = HISTORY;

    @BeforeEach
    void importHistory() {
        world = new World(artifacts, true);
        world.history(BARS.subList(0, HISTORY));
        honest = world.source;
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void bars(int count) {
        for (int i = 0; i < count; i++) {
            world.live(BARS.get(next++));
        }
    }

    private VersionId live(int number, long seed) {
        VersionId id = world.promote(number, Models.bundle(seed));
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(world.version(id).joined()).isPresent();
        });
        world.shiftSlots(id);
        return id;
    }

    private void mortal(int number) {
        world.source = version ->
                version.version().number() == number ? mortal.of(honest.load(version)) : honest.load(version);
    }

    private LaneStatus lane(VersionId id) {
        return world.lanes().stream()
                .filter(lane -> lane.version().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBarThatCanNeverBeScoredIsGivenUpAndAllOthersArePredictedByAllLanes() {
        mortal(2);
        world.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = live(2, 8);
        bars(3);
        everyBarOnce(world, v2, Models.bundle(8));

        mortal.arm();
        bars(1);
        await().atMost(PATIENCE).until(mortal::isPoisoned);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            bars(1);
            assertThat(world.outages.losses()).hasSize(1);
        });
        bars(5);
        everyBarOnce(world, v1, Models.bundle(7));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Check.said(world, v2).keySet())
                        .hasSize(Check.expected(world, v2).size() - 1));
        List<Long> missing = new ArrayList<>(Check.expected(world, v2));
        missing.removeAll(Check.said(world, v2).keySet());
        Outage loss = world.outages.losses().getFirst();
        assertThat(loss.severity()).isEqualTo(Outage.Severity.LOST);
        assertThat(loss.summary())
                .contains("lightgbm:BTCUSDT:2")
                .contains(Instant.ofEpochMilli(missing.getFirst()).toString())
                .contains("no room for this row");
        assertThat(world.meters().get("hindcast.predictions.missed").counter().count())
                .isEqualTo(1);
        assertThat(lane(v2).state()).isEqualTo(LaneStatus.State.PREDICTING);
        assertThat(lane(v2).missed()).isZero();
        assertThat(world.outages.current()).isEmpty();
        assertThat(mortal.opened)
                .as("loaded again once, to see whether that helps")
                .hasValue(2);
        assertThat(mortal.open).hasValue(1);
    }

    @Test
    void aModelThatScoresNothingIsUnhealthyAndRetriedSlowlyUntilItWorksAgain() {
        mortal(2);
        world.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = live(2, 8);
        bars(3);
        everyBarOnce(world, v2, Models.bundle(8));

        mortal.dead = true;
        int before = mortal.opened.get();
        long since = System.nanoTime();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            bars(1);
            assertThat(mortal.opened.get() - before).isGreaterThanOrEqualTo(5);
        });
        Duration took = Duration.ofNanos(System.nanoTime() - since);

        assertThat(took).as("five pauses of 100 to 200 ms").isGreaterThan(Duration.ofMillis(500));
        assertThat(lane(v2).state()).isEqualTo(LaneStatus.State.UNHEALTHY);
        assertThat(lane(v2).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("OutOfMemoryError: no room for this row"));
        assertThat(world.outages.current()).singleElement().satisfies(outage -> {
            assertThat(outage.part()).isEqualTo("lane of lightgbm:BTCUSDT:2");
            assertThat(outage.summary()).contains("no room for this row").contains("train a new version");
        });
        everyBarOnce(world, v1, Models.bundle(7));

        mortal.dead = false;
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(lane(v2).state()).isEqualTo(LaneStatus.State.PREDICTING);
        });
        everyBarOnce(world, v2, Models.bundle(8));
        assertThat(world.outages.current()).isEmpty();
        assertThat(world.outages.losses()).isEmpty();
        assertThat(mortal.open).hasValue(1);
    }

    @Test
    void anErrorInTheProcessorsThreadIsRetriedLikeAnyOtherFailure() {
        Failures failures = world.start();
        VersionId v1 = live(1, 7);
        failures.failWithError(RecordPredictions.class, 1);
        bars(5);
        await().atMost(PATIENCE).until(failures::failed);
        everyBarOnce(world, v1, Models.bundle(7));
        failures.failWithError(JoinLane.class, 1);
        VersionId v2 = live(2, 8);
        bars(5);

        everyBarOnce(world, v1, Models.bundle(7));
        everyBarOnce(world, v2, Models.bundle(8));
    }

    @Test
    void aModelThatMemoryDoesNotSufficeForIsLoadedLaterAndItsPromotionGoesOn() {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch seen = new CountDownLatch(1);
        world.source = version -> {
            if (version.version().number() == 2 && (attempts.incrementAndGet() <= 3 || seen.getCount() > 0)) {
                throw new OutOfMemoryError("Java heap space");
            }
            return honest.load(version);
        };
        world.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = world.promote(2, Models.bundle(8));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.outages.current())
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
            assertThat(world.version(v2).joined()).isPresent();
        });
        bars(3);

        everyBarOnce(world, v1, Models.bundle(7));
        everyBarOnce(world, v2, Models.bundle(8));
        assertThat(world.outages.current()).isEmpty();
    }

    @Test
    void aPromotionThatIsGivenUpIsOnRecordWithItsReason() {
        world.source = version -> {
            throw new LinkageError("no onnxruntime here");
        };
        world.start();
        VersionId v1 = world.promote(1, Models.bundle(7));
        bars(1);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(world.version(v1).abandonReason()).isPresent());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(world.outages.losses())
                    .singleElement()
                    .satisfies(loss -> assertThat(loss.summary())
                            .contains("promotion of lightgbm:BTCUSDT:1")
                            .contains("no onnxruntime here"));
            assertThat(world.outages.current()).isEmpty();
        });
    }

    @Test
    void everyModelIsClosedOnceOverManySwapsAbandonedPromotionsAndAStop() {
        world.source = version -> mortal.of(honest.load(version));
        world.start();
        for (int number = 1; number <= 12; number++) {
            live(number, 1 + number % 5);
            bars(2);
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(mortal.open).hasValue(3);
        });

        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        world.source = version -> {
            loading.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return mortal.of(honest.load(version));
        };
        VersionId late = world.promote(13, Models.bundle(2));
        await().atMost(PATIENCE).until(() -> loading.getCount() == 0);
        int openedBefore = mortal.opened.get();
        world.append(late.model().toString(), new PromotionAbandoned(late, "changed our mind", Instant.EPOCH));
        await().atMost(PATIENCE)
                .until(() ->
                        world.lanes().stream().noneMatch(lane -> lane.version().equals(late)));
        goOn.countDown();
        await().atMost(PATIENCE).until(() -> mortal.opened.get() == openedBefore + 1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mortal.open).hasValue(3));

        world.stop();

        assertThat(mortal.open).hasValue(0);
        assertThat(mortal.closedAgain).hasValue(0);
    }
}
