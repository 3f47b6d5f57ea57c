package io.hindcast.inference;

import static io.hindcast.inference.Check.everyBarOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.RecordPredictions;
import io.hindcast.inference.prediction.CandleFollower;
import io.hindcast.ml.model.ModelBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class LanesTest extends StoredModels {
    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 2 * 1_440 + 1_380; // live from 23:00, so that midnight comes soon
    private static final List<Candle> BARS = Markets.bars(START, HISTORY + 600, 11);

    private World world;
    private int next;

    @BeforeEach
    void importHistory() {
        setUp(true);
    }

    private void setUp(boolean ownThreads) {
        if (world != null) {
            world.close();
        }
        world = new World(artifacts, ownThreads);
        world.history(BARS.subList(0, HISTORY));
        next = HISTORY;
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyBarAfterTheCutIsPredictedOnceAndAsABatchWouldSayIt(boolean ownThreads) {
        setUp(ownThreads);
        world.start();
        VersionId v1 = live(1, 7);
        bars(120);
        assertThat(Check.expected(world, v1)).hasSizeGreaterThan(100);
        everyBarOnce(world, v1, Models.bundle(7));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void versionsSwapUnderAStreamOfBarsWithNoneLostOrDoubled(boolean ownThreads) {
        setUp(ownThreads);
        world.start();
        for (int number = 1; number <= 4; number++) {
            live(number, 10 + number);
            bars(15);
        }
        VersionId second = World.MODEL.version(2);
        await().untilAsserted(() -> {
            bars(1);
            assertThat(world.version(second).left()).isPresent();
        });
        bars(10);
        for (int number = 1; number <= 4; number++) {
            everyBarOnce(world, World.MODEL.version(number), Models.bundle(10 + number));
        }
        assertThat(world.lanes())
                .extracting(LaneStatus::version)
                .doesNotContain(second)
                .hasSize(3);
        assertThat(world.meters().get("hindcast.lane.swaps").counter().count()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "JOIN, BEFORE, true",
        "JOIN, AFTER, true",
        "RECORD, BEFORE, true",
        "RECORD, AFTER, true",
        "LEAVE, BEFORE, true",
        "LEAVE, AFTER, true",
        "JOIN, AFTER, false",
        "RECORD, AFTER, false",
    })
    void aProcessKilledBetweenAnyTwoStepsLosesAndDoublesNothing(
            String step, Failures.Moment moment, boolean ownThreads) {
        setUp(ownThreads);
        Failures failures = world.start();
        VersionId v1 = live(1, 11);
        live(2, 12);
        live(3, 13);
        bars(5);
        Class<?> command = switch (step) {
            case "JOIN" -> JoinLane.class;
            case "LEAVE" -> LeaveLane.class;
            default -> RecordPredictions.class;
        };
        if (step.equals("LEAVE")) {
            VersionId v4 = join(4, 14);
            failures.killAt(command, moment);
            world.shiftSlots(v4);
        } else {
            failures.killAt(command, moment);
            world.promote(4, Models.bundle(14));
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bars(1);
            assertThat(failures.dead()).isTrue();
        });
        bars(3);
        world.stop();
        world.start();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bars(1);
            assertThat(world.version(World.MODEL.version(4)).joined()).isPresent();
        });
        bars(20);
        everyBarOnce(world, v1, Models.bundle(11));
        for (int number = 2; number <= 4; number++) {
            everyBarOnce(world, World.MODEL.version(number), Models.bundle(10 + number));
        }
    }

    @Test
    void aStoreThatIsAwayForAWhileCostsNothingButTime() {
        Failures failures = world.start();
        VersionId v1 = live(1, 7);
        bars(3);
        failures.fail(RecordPredictions.class, Failures.Moment.BEFORE, 2);
        bars(20);
        everyBarOnce(world, v1, Models.bundle(7));
        failures.fail(RecordPredictions.class, Failures.Moment.AFTER, 1);
        bars(5);
        everyBarOnce(world, v1, Models.bundle(7));
        assertThat(failures.failed()).isTrue();
    }

    @Test
    void aJoinWhoseAnswerIsLostIsFoundInTheLogAndNoBarIsMissing() {
        Failures failures = world.start();
        VersionId v1 = live(1, 7);
        failures.fail(JoinLane.class, Failures.Moment.AFTER, 1);
        VersionId v2 = join(2, 8);
        bars(10);
        everyBarOnce(world, v1, Models.bundle(7));
        everyBarOnce(world, v2, Models.bundle(8));
    }

    @Test
    void aJoinThatAnotherProcessMadeIsMadeUpFor() {
        world.start();
        VersionId v1 = live(1, 7);
        bars(5);
        everyBarOnce(world, v1, Models.bundle(7));
        var cut = world.version(v1).joined().orElseThrow();
        ModelBundle bundle = Models.bundle(8);
        VersionId v2 = world.promote(2, bundle, new ArtifactRef("00".repeat(32), 5_000_000)); // not loadable here
        world.process()
                .context()
                .getBean(org.axonframework.commandhandling.gateway.CommandGateway.class)
                .sendAndWait(new JoinLane(v2.model(), 2, cut, Instant.EPOCH));
        await().untilAsserted(() -> assertThat(world.lanes()).anySatisfy(lane -> {
            assertThat(lane.version()).isEqualTo(v2);
            assertThat(lane.state()).isEqualTo(LaneStatus.State.UNHEALTHY);
            assertThat(lane.missed())
                    .isEqualTo(Check.expected(world, v2).size())
                    .isPositive();
        }));
        bars(4);
        everyBarOnce(world, v1, Models.bundle(7));
    }

    @Test
    void lateBarsAndCorrectionsChangeOnlyWhatComesAfterThem() {
        world.start();
        VersionId v1 = live(1, 7);
        bars(30);
        int hole = next;
        next += 3;
        bars(40); // across midnight, so that the hole is yesterday's
        world.repair(1, Markets.corrected(BARS.get(next - 20)));
        bars(2);
        world.repair(0, BARS.get(hole), BARS.get(hole + 1), BARS.get(hole + 2));
        bars(5);
        world.repair(1, Markets.corrected(BARS.get(hole + 1)));
        world.repair(2, BARS.get(hole + 1));
        bars(5);
        everyBarOnce(world, v1, Models.bundle(7));
    }

    @Test
    void aModelOfWindowsPredictsEveryBarTooAlsoAfterAGapAndAStart() {
        world.start();
        VersionId trees = live(1, 7);
        VersionId tst = world.promote(1, Models.transformer(9));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bars(1);
            assertThat(world.version(tst).joined()).isPresent();
        });
        world.shiftSlots(tst);
        bars(20);
        int hole = next;
        next += 3;
        bars(30); // across midnight
        world.repair(0, BARS.get(hole), BARS.get(hole + 1), BARS.get(hole + 2));
        bars(5);
        world.stop();
        world.start();
        bars(5);
        everyBarOnce(world, tst, Models.transformer(9));
        everyBarOnce(world, trees, Models.bundle(7));
    }

    @Test
    void aRepairOfAnOldDayIsPredictedFromTheLogAlsoAsTheFirstEventAfterAStart() {
        World holed = new World(artifacts, true);
        List<Candle> history = new java.util.ArrayList<>(BARS.subList(0, HISTORY));
        Candle late = history.remove(700);
        Candle later = history.remove(900);
        holed.history(history);
        world.close();
        world = holed;
        world.start();
        VersionId v1 = live(1, 7);
        bars(70);
        world.repair(0, late);
        bars(5);
        everyBarOnce(world, v1, Models.bundle(7));
        world.stop();
        world.repair(0, later);
        world.start();
        bars(70);
        everyBarOnce(world, v1, Models.bundle(7));
    }

    @Test
    void aRestartGoesOnWithTheNextBar() {
        world.start();
        VersionId v1 = live(1, 7);
        bars(20);
        world.stop();
        bars(30);
        world.start();
        bars(10);
        everyBarOnce(world, v1, Models.bundle(7));
    }

    @Test
    void aCorruptArtifactEndsItsPromotionAndLiveLanesGoOn() {
        world.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = world.promote(
                2, Models.bundle(8), artifacts.put("no bundle".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        await().untilAsserted(() -> assertThat(world.version(v2).abandonReason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains(world.version(v2).artifact().sha256())
                        .contains("no model bundle")));
        bars(5);
        everyBarOnce(world, v1, Models.bundle(7));
        assertThat(world.lanes()).extracting(LaneStatus::version).containsExactly(v1);
    }

    @Test
    void aModelThatNoLongerSaysWhatItSaidDoesNotGoLive() {
        world.start();
        VersionId v1 = world.promote(1, Models.lying(7));
        await().untilAsserted(() -> assertThat(world.version(v1).abandonReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("golden row")));
        bars(3);
        assertThat(Check.said(world, v1)).isEmpty();
    }

    @Test
    void aLiveLaneWhoseArtifactIsGoneIsUnhealthyUntilItIsBackAndThenMakesUpForWhatItMissed() {
        world.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = live(2, 8);
        bars(5);
        everyBarOnce(world, v2, Models.bundle(8));
        world.stop();
        artifacts.delete(world.version(v2).artifact());
        world.start();
        bars(10);
        everyBarOnce(world, v1, Models.bundle(7));
        assertThat(world.lanes()).anySatisfy(lane -> {
            assertThat(lane.version()).isEqualTo(v2);
            assertThat(lane.state()).isEqualTo(LaneStatus.State.UNHEALTHY);
            assertThat(lane.problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains(lane.artifact()));
        });
        artifacts.put(Models.bundle(8).toBytes());
        await().untilAsserted(() -> assertThat(world.lanes())
                .allSatisfy(lane -> assertThat(lane.state()).isEqualTo(LaneStatus.State.PREDICTING)));
        bars(1);
        everyBarOnce(world, v2, Models.bundle(8));
    }

    @Test
    void anExpiredVersionSaysSo() {
        world.start();
        live(1, 7);
        bars(2);
        await().untilAsserted(() -> assertThat(world.meters()
                        .get("hindcast.model.expired")
                        .tag("version", "lightgbm:BTCUSDT:1")
                        .gauge()
                        .value())
                .isZero());
        assertThat(world.lanes().getFirst().expired(BARS.get(next).openTime().plus(Duration.ofDays(8))))
                .isTrue();
    }

    @Test
    void theProcessorRefusesAReset() {
        world.start();
        TrackingEventProcessor processor = (TrackingEventProcessor) world.process()
                .axon()
                .eventProcessingConfiguration()
                .eventProcessor(CandleFollower.PROCESSOR)
                .orElseThrow();
        assertThat(processor.supportsReset()).isFalse();
    }

    /** Promotes a version and lets bars go by until its lane has joined; its slot shifts then. */
    private VersionId live(int number, long seed) {
        VersionId id = join(number, seed);
        world.shiftSlots(id);
        return id;
    }

    private VersionId join(int number, long seed) {
        VersionId id = world.promote(number, Models.bundle(seed));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bars(1);
            assertThat(world.version(id).joined()).isPresent();
        });
        return id;
    }

    private void bars(int count) {
        for (int i = 0; i < count; i++) {
            world.live(BARS.get(next++));
        }
    }
}
