package io.hindcast.inference;

import static io.hindcast.inference.LogChecks.assertEveryBarPredictedOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.RecordBackfillDay;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.history.model.ModelHistory.BackfillState;
import io.hindcast.ml.model.ModelBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backfills of bars: what a version would have predicted before its lane joined. */
@NullUnmarked
class BackfillTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 2 * 1_440 + 1_380; // live from 23:00, shortly before midnight
    private static final List<Candle> BARS = RandomWalk.bars(START, HISTORY + 600, 11);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestPlatform platform = new TestPlatform(artifacts, true);
    private int next = HISTORY;

    @AfterEach
    void stop() {
        platform.close();
    }

    private void history() {
        platform.history(BARS.subList(0, HISTORY));
    }

    private void bars(int count) {
        for (int i = 0; i < count; i++) {
            platform.live(BARS.get(next++));
        }
    }

    private VersionId join(int number, ModelBundle bundle) {
        VersionId id = platform.promote(number, bundle);
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(platform.version(id).joined()).isPresent();
        });
        return id;
    }

    private void awaitState(VersionId version, BackfillState state) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(platform.version(version).backfill()).isEqualTo(state));
    }

    /** Open times of all bars that were recorded. */
    private Set<Long> recorded() {
        Set<Long> bars = new TreeSet<>();
        platform.events().forEach(event -> {
            if (event.getPayload() instanceof CandlesRecorded e) {
                for (int row = 0; row < e.candles().size(); row++) {
                    bars.add(e.candles().openTime(e.day(), row).toEpochMilli());
                }
            }
        });
        return bars;
    }

    /** Every bar is predicted once, by the lane or by the backfill, and as live. */
    private void assertComplete(VersionId version, ModelBundle bundle) {
        assertEveryBarPredictedOnce(platform, version, bundle);
        Set<Long> live = LogChecks.predictions(platform, version).keySet();
        Set<Long> past = platform.backfills.predictions(version).keySet();
        assertThat(past).doesNotContainAnyElementsOf(live);
        Set<Long> all = new TreeSet<>(past);
        all.addAll(live);
        assertThat(all).isEqualTo(recorded());
        LogChecks.assertAsLive(platform, version, bundle, platform.backfills.predictions(version));
    }

    @Test
    void everyBarUpToTheCutIsBackfilledAndEveryLaterOnePredictedLive() {
        history();
        platform.start();
        VersionId trees = join(1, TestModels.bundle(7));
        VersionId tst = join(1, TestModels.transformer(9));
        bars(70);
        awaitState(trees, BackfillState.COMPLETE);
        awaitState(tst, BackfillState.COMPLETE);
        assertComplete(trees, TestModels.bundle(7));
        assertComplete(tst, TestModels.transformer(9));
    }

    @Test
    void barsSeeWhatTheLaneWouldHaveSeen() {
        List<Candle> holed = new ArrayList<>(BARS.subList(0, HISTORY));
        Candle repairedEarly = holed.remove(1_500);
        Candle repairedLate = holed.remove(900);
        holed.subList(2_000, 2_400).clear();
        platform.history(holed);
        platform.start();
        VersionId first = join(1, TestModels.bundle(7));
        bars(5);
        next += 3;
        bars(20);
        platform.repair(1, TestBars.corrected(BARS.get(next - 10)));
        platform.repair(0, repairedEarly);
        platform.repair(0, BARS.get(next - 22), BARS.get(next - 23));
        bars(50); // across midnight
        platform.repair(2, BARS.get(next - 60));
        VersionId second = join(2, TestModels.bundle(8));
        VersionId tst = join(1, TestModels.transformer(9));
        platform.repair(0, repairedLate);
        bars(5);
        awaitState(second, BackfillState.COMPLETE);
        awaitState(tst, BackfillState.COMPLETE);
        awaitState(first, BackfillState.COMPLETE);
        assertComplete(first, TestModels.bundle(7));
        assertComplete(second, TestModels.bundle(8));
        assertComplete(tst, TestModels.transformer(9));
    }

    @Test
    void completedBackfillIsReportedWithItsExtent() {
        history();
        platform.set("backfill.lookback", "1d");
        platform.start();
        VersionId version = join(1, TestModels.bundle(7));
        awaitState(version, BackfillState.COMPLETE);
        BackfillCompleted completed = platform.events().stream()
                .map(event -> event.getPayload())
                .filter(BackfillCompleted.class::isInstance)
                .map(BackfillCompleted.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(completed.backfill().from()).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(completed.backfill().days()).isEqualTo(2);
        assertThat(completed.backfill().predictions())
                .isEqualTo(platform.backfills.predictions(version).size())
                .isGreaterThanOrEqualTo(2_820);
    }

    @Test
    void lanesGoOnWhileAnotherVersionIsBackfilled() throws InterruptedException {
        history();
        FaultyCommandBus failures = platform.start();
        VersionId live = join(1, TestModels.bundle(7));
        awaitState(live, BackfillState.COMPLETE);
        failures.failAlways(command -> command instanceof RecordBackfillDay);
        VersionId second = join(2, TestModels.bundle(8));
        bars(40);
        assertEveryBarPredictedOnce(platform, live, TestModels.bundle(7));
        assertEveryBarPredictedOnce(platform, second, TestModels.bundle(8));
        assertThat(platform.version(second).backfill()).isEqualTo(BackfillState.PENDING);
        await().untilAsserted(() -> assertThat(platform.outages.current()).anySatisfy(outage -> {
            assertThat(outage.part()).isEqualTo("backfill of " + second);
            assertThat(outage.problem()).contains("never works");
        }));
        failures.failAlways(command -> false);
        awaitState(second, BackfillState.COMPLETE);
        assertComplete(second, TestModels.bundle(8));
        await().untilAsserted(() -> assertThat(platform.outages.current()).isEmpty());
    }

    @Test
    void failedBackfillGoesOnFromWhereItWas() {
        history();
        platform.set("backfill.retry-pause", "50ms");
        FaultyCommandBus failures = platform.start();
        AtomicInteger days = new AtomicInteger();
        failures.failAlways(command -> command instanceof RecordBackfillDay && days.incrementAndGet() == 2);
        VersionId version = join(1, TestModels.bundle(7));
        awaitState(version, BackfillState.COMPLETE);
        assertComplete(version, TestModels.bundle(7));
        // Three days of history, one of which failed once.
        assertThat(days.get()).isLessThanOrEqualTo(5);
    }

    @Test
    void backfillThatNeverWorksIsGivenUpWithoutHarmAndMayBeRequestedAgain() {
        history();
        platform.set("backfill.retry-pause", "20ms");
        platform.set("backfill.attempts", "3");
        FaultyCommandBus failures = platform.start();
        failures.failAlways(command -> command instanceof RecordBackfillDay);
        VersionId version = join(1, TestModels.bundle(7));
        awaitState(version, BackfillState.GIVEN_UP);
        assertThat(platform.events())
                .extracting(event -> event.getPayload())
                .hasAtLeastOneElementOfType(BackfillGivenUp.class);
        assertThat(platform.outages.losses())
                .anySatisfy(loss -> assertThat(loss.part()).isEqualTo("backfill of " + version));
        platform.shiftSlots(version);
        bars(10);
        assertEveryBarPredictedOnce(platform, version, TestModels.bundle(7));
        failures.failAlways(command -> false);
        platform.backfills.request(version, platform.now());
        awaitState(version, BackfillState.COMPLETE);
        assertComplete(version, TestModels.bundle(7));
    }

    @Test
    void deadlineEndsBackfillUnderWay() {
        history();
        FaultyCommandBus failures = platform.start();
        failures.failAlways(command -> command instanceof CompleteBackfill);
        VersionId version = join(1, TestModels.bundle(7));
        await().atMost(PATIENCE)
                .until(() -> platform.events().stream()
                        .anyMatch(event -> event.getPayload() instanceof BackfillDayRecorded));
        var _ = platform.backfills.giveUp(new GiveUpBackfill(version.model(), 1, "it took too long", platform.now()));
        failures.failAlways(command -> false);
        bars(5);
        await().untilAsserted(() -> assertThat(platform.outages.current()).isEmpty());
        assertThat(platform.version(version).backfill()).isEqualTo(BackfillState.GIVEN_UP);
    }

    @Test
    void barsThatALaneMissedAreBackfilledOnceItWorksAgain() {
        history();
        platform.set("backfill.search-interval", "200ms");
        platform.set("lanes.missed-bars", "5");
        platform.start();
        VersionId version = join(1, TestModels.bundle(7));
        platform.shiftSlots(version);
        awaitState(version, BackfillState.COMPLETE);
        bars(5);
        assertEveryBarPredictedOnce(platform, version, TestModels.bundle(7));
        platform.stop();
        artifacts.delete(platform.version(version).registered().artifact());
        platform.start();
        bars(30);
        platform.stop(); // what the lane remembers is lost
        platform.start();
        bars(20);
        await().untilAsserted(() -> assertThat(platform.lanes())
                .singleElement()
                .satisfies(lane -> assertThat(lane.missed()).isEqualTo(5)));
        artifacts.put(TestModels.bundle(7).toBytes());
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            Set<Long> all =
                    new TreeSet<>(platform.backfills.predictions(version).keySet());
            all.addAll(LogChecks.predictions(platform, version).keySet());
            // Bars of the last minutes are still the lane's.
            long settled = platform.now().minusSeconds(660).toEpochMilli();
            assertThat(all)
                    .containsAll(
                            recorded().stream().filter(bar -> bar < settled).toList());
        });
        Set<Long> past = platform.backfills.predictions(version).keySet();
        assertThat(past)
                .doesNotContainAnyElementsOf(
                        LogChecks.predictions(platform, version).keySet());
        LogChecks.assertAsLive(platform, version, TestModels.bundle(7), platform.backfills.predictions(version));
        assertThat(platform.events())
                .extracting(event -> event.getPayload())
                .hasAtLeastOneElementOfType(BackfillRequested.class);
    }

    /** Kills the process at a random step, a few times, and compares the end with that of a process never killed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void endsInTheSameStateWhereverItIsKilled(long seed) {
        history();
        Random random = new Random(seed);
        List<Class<?>> steps = List.of(BeginBackfill.class, RecordBackfillDay.class, CompleteBackfill.class);
        platform.set("backfill.retry-pause", "20ms");
        FaultyCommandBus failures = platform.start();
        FaultyCommandBus.Moment[] moments = FaultyCommandBus.Moment.values();
        failures.killAt(steps.get(random.nextInt(steps.size())), moments[random.nextInt(moments.length)]);
        VersionId version = platform.promote(1, TestModels.bundle(7));
        for (int kill = 0; kill < 3; kill++) {
            FaultyCommandBus current = failures;
            await().atMost(PATIENCE).untilAsserted(() -> {
                bars(1);
                boolean ended = platform.version(version).backfill() == BackfillState.COMPLETE;
                assertThat(current.dead() || ended).isTrue();
            });
            platform.stop();
            bars(random.nextInt(4));
            failures = platform.start();
            if (kill < 2) {
                failures.killAt(steps.get(random.nextInt(steps.size())), moments[random.nextInt(moments.length)]);
            }
            bars(1);
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(platform.version(version).backfill()).isEqualTo(BackfillState.COMPLETE);
        });
        assertComplete(version, TestModels.bundle(7));
        Set<Class<?>> once = new HashSet<>();
        platform.events().stream()
                .map(event -> event.getPayload())
                .filter(BackfillCompleted.class::isInstance)
                .forEach(event -> assertThat(once.add(event.getClass())).isTrue());
    }
}
