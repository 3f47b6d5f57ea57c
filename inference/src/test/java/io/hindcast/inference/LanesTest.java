package io.hindcast.inference;

import static io.hindcast.inference.LogChecks.assertEveryBarPredictedOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.RecordPredictions;
import io.hindcast.history.market.RandomWalk;
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
    private static final int HISTORY = 2 * 1_440 + 1_380; // live from 23:00, shortly before midnight
    private static final List<Candle> BARS = RandomWalk.bars(START, HISTORY + 600, 11);

    private TestPlatform platform;
    private int next;

    @BeforeEach
    void importHistory() {
        setUp(true);
    }

    private void setUp(boolean ownThreads) {
        if (platform != null) {
            platform.close();
        }
        platform = new TestPlatform(artifacts, ownThreads);
        platform.history(BARS.subList(0, HISTORY));
        next = HISTORY;
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void predictsEveryBarAfterTheCutOnceAndEqualToBatchScoring(boolean ownThreads) {
        setUp(ownThreads);
        platform.start();
        VersionId v1 = live(1, 7);
        bars(120);
        assertThat(LogChecks.expected(platform, v1)).hasSizeGreaterThan(100);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void swapsVersionsWithoutLosingOrDoublingBars(boolean ownThreads) {
        setUp(ownThreads);
        platform.start();
        for (int number = 1; number <= 4; number++) {
            live(number, 10 + number);
            bars(15);
        }
        VersionId second = TestPlatform.MODEL.version(2);
        await().untilAsserted(() -> {
            bars(1);
            assertThat(platform.version(second).left()).isPresent();
        });
        bars(10);
        for (int number = 1; number <= 4; number++) {
            assertEveryBarPredictedOnce(platform, TestPlatform.MODEL.version(number), TestModels.bundle(10 + number));
        }
        assertThat(platform.lanes())
                .extracting(LaneStatus::version)
                .doesNotContain(second)
                .hasSize(3);
        assertThat(platform.meters().get("hindcast.lane.swaps").counter().count())
                .isEqualTo(5);
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
    void losesAndDoublesNothingWhenKilledBetweenAnyTwoSteps(
            String step, FaultyCommandBus.Moment moment, boolean ownThreads) {
        setUp(ownThreads);
        FaultyCommandBus failures = platform.start();
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
            platform.shiftSlots(v4);
        } else {
            failures.killAt(command, moment);
            platform.promote(4, TestModels.bundle(14));
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bars(1);
            assertThat(failures.dead()).isTrue();
        });
        bars(3);
        platform.stop();
        platform.start();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bars(1);
            assertThat(platform.version(TestPlatform.MODEL.version(4)).joined()).isPresent();
        });
        bars(20);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(11));
        for (int number = 2; number <= 4; number++) {
            assertEveryBarPredictedOnce(platform, TestPlatform.MODEL.version(number), TestModels.bundle(10 + number));
        }
    }

    @Test
    void losesNothingWhileTheStoreIsUnavailable() {
        FaultyCommandBus failures = platform.start();
        VersionId v1 = live(1, 7);
        bars(3);
        failures.fail(RecordPredictions.class, FaultyCommandBus.Moment.BEFORE, 2);
        bars(20);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        failures.fail(RecordPredictions.class, FaultyCommandBus.Moment.AFTER, 1);
        bars(5);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        assertThat(failures.failed()).isTrue();
    }

    @Test
    void findsJoinInTheLogWhenItsAnswerIsLost() {
        FaultyCommandBus failures = platform.start();
        VersionId v1 = live(1, 7);
        failures.fail(JoinLane.class, FaultyCommandBus.Moment.AFTER, 1);
        VersionId v2 = join(2, 8);
        bars(10);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        assertEveryBarPredictedOnce(platform, v2, TestModels.bundle(8));
    }

    @Test
    void backfillsAfterAJoinByAnotherProcess() {
        platform.start();
        VersionId v1 = live(1, 7);
        bars(5);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        var cut = platform.version(v1).joined().orElseThrow();
        ModelBundle bundle = TestModels.bundle(8);
        platform.loadOnlyIf(version -> version.version().number() == 1);
        VersionId v2 = platform.promote(2, bundle);
        platform.process()
                .context()
                .getBean(org.axonframework.commandhandling.gateway.CommandGateway.class)
                .sendAndWait(new JoinLane(v2.model(), 2, cut, Instant.EPOCH));
        await().untilAsserted(() -> assertThat(platform.lanes()).anySatisfy(lane -> {
            assertThat(lane.version()).isEqualTo(v2);
            assertThat(lane.state()).isEqualTo(LaneStatus.State.UNHEALTHY);
            assertThat(lane.missed())
                    .isEqualTo(LogChecks.expected(platform, v2).size())
                    .isPositive();
        }));
        bars(4);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
    }

    @Test
    void lateBarsAndCorrectionsChangeOnlyLaterBars() {
        platform.start();
        VersionId v1 = live(1, 7);
        bars(30);
        int hole = next;
        next += 3;
        bars(40); // across midnight, so that the gap is on the previous day
        platform.repair(1, TestBars.corrected(BARS.get(next - 20)));
        bars(2);
        platform.repair(0, BARS.get(hole), BARS.get(hole + 1), BARS.get(hole + 2));
        bars(5);
        platform.repair(1, TestBars.corrected(BARS.get(hole + 1)));
        platform.repair(2, BARS.get(hole + 1));
        bars(5);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
    }

    @Test
    void windowModelPredictsEveryBarAlsoAfterAGapAndARestart() {
        platform.start();
        VersionId trees = live(1, 7);
        VersionId tst = platform.promote(1, TestModels.transformer(9));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bars(1);
            assertThat(platform.version(tst).joined()).isPresent();
        });
        platform.shiftSlots(tst);
        bars(20);
        int hole = next;
        next += 3;
        bars(30); // across midnight
        platform.repair(0, BARS.get(hole), BARS.get(hole + 1), BARS.get(hole + 2));
        bars(5);
        platform.stop();
        platform.start();
        bars(5);
        assertEveryBarPredictedOnce(platform, tst, TestModels.transformer(9));
        assertEveryBarPredictedOnce(platform, trees, TestModels.bundle(7));
    }

    @Test
    void predictsRepairOfAnOldDayFromTheLogAlsoAsFirstEventAfterARestart() {
        TestPlatform holed = new TestPlatform(artifacts, true);
        List<Candle> history = new java.util.ArrayList<>(BARS.subList(0, HISTORY));
        Candle late = history.remove(700);
        Candle later = history.remove(900);
        holed.history(history);
        platform.close();
        platform = holed;
        platform.start();
        VersionId v1 = live(1, 7);
        bars(70);
        platform.repair(0, late);
        bars(5);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        platform.stop();
        platform.repair(0, later);
        platform.start();
        bars(70);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
    }

    @Test
    void continuesWithTheNextBarAfterARestart() {
        platform.start();
        VersionId v1 = live(1, 7);
        bars(20);
        platform.stop();
        bars(30);
        platform.start();
        bars(10);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
    }

    @Test
    void corruptArtifactEndsItsPromotionAndLiveLanesContinue() {
        platform.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = platform.promote(
                2, TestModels.bundle(8), artifacts.put("no bundle".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        await().untilAsserted(() -> assertThat(platform.version(v2).abandonReason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains(platform.version(v2).artifact().sha256())
                        .contains("no model bundle")));
        bars(5);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        assertThat(platform.lanes()).extracting(LaneStatus::version).containsExactly(v1);
    }

    @Test
    void modelThatFailsItsGoldenRowsDoesNotGoLive() {
        platform.start();
        VersionId v1 = platform.promote(1, TestModels.lying(7));
        await().untilAsserted(() -> assertThat(platform.version(v1).abandonReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("golden row")));
        bars(3);
        assertThat(LogChecks.predictions(platform, v1)).isEmpty();
    }

    @Test
    void liveLaneWithoutArtifactIsUnhealthyAndBackfillsOnceItIsBack() {
        platform.start();
        VersionId v1 = live(1, 7);
        VersionId v2 = live(2, 8);
        bars(5);
        assertEveryBarPredictedOnce(platform, v2, TestModels.bundle(8));
        platform.stop();
        artifacts.delete(platform.version(v2).artifact());
        platform.start();
        bars(10);
        assertEveryBarPredictedOnce(platform, v1, TestModels.bundle(7));
        assertThat(platform.lanes()).anySatisfy(lane -> {
            assertThat(lane.version()).isEqualTo(v2);
            assertThat(lane.state()).isEqualTo(LaneStatus.State.UNHEALTHY);
            assertThat(lane.problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains(lane.artifact()));
        });
        artifacts.put(TestModels.bundle(8).toBytes());
        await().untilAsserted(() -> assertThat(platform.lanes())
                .allSatisfy(lane -> assertThat(lane.state()).isEqualTo(LaneStatus.State.PREDICTING)));
        bars(1);
        assertEveryBarPredictedOnce(platform, v2, TestModels.bundle(8));
    }

    @Test
    void reportsExpiredVersion() {
        platform.start();
        live(1, 7);
        bars(2);
        await().untilAsserted(() -> assertThat(platform.meters()
                        .get("hindcast.model.expired")
                        .tag("version", "lightgbm:BTCUSDT:1")
                        .gauge()
                        .value())
                .isZero());
        assertThat(platform.lanes().getFirst().expired(BARS.get(next).openTime().plus(Duration.ofDays(8))))
                .isTrue();
    }

    @Test
    void processorRefusesReset() {
        platform.start();
        TrackingEventProcessor processor = (TrackingEventProcessor) platform.process()
                .axon()
                .eventProcessingConfiguration()
                .eventProcessor(InferenceProcessor.NAME)
                .orElseThrow();
        assertThat(processor.supportsReset()).isFalse();
    }

    /** Promotes a version, records bars until its lane has joined, then shifts the slots. */
    private VersionId live(int number, long seed) {
        VersionId id = join(number, seed);
        platform.shiftSlots(id);
        return id;
    }

    private VersionId join(int number, long seed) {
        VersionId id = platform.promote(number, TestModels.bundle(seed));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bars(1);
            assertThat(platform.version(id).joined()).isPresent();
        });
        return id;
    }

    private void bars(int count) {
        for (int i = 0; i < count; i++) {
            platform.live(BARS.get(next++));
        }
    }
}
