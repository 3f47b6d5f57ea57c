package io.hindcast.projections;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.GapDetected;
import io.hindcast.api.market.GapRepaired;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.FeatureSetRef;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.training.DatasetPurged;
import io.hindcast.api.training.DatasetRecorded;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.Repetition;
import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleEnded;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingEvent;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingProgramId;
import io.hindcast.api.training.TrainingProgress;
import io.hindcast.api.training.TrainingProgressRecorded;
import io.hindcast.api.training.TrainingRunClaimed;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunReleased;
import io.hindcast.api.training.TrainingRunRepeated;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.ReadModelDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The read models are a function of the log alone. */
class ReadModelRebuildTest {

    private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);

    private static final Path KNOWN_ROWS = Path.of("src/test/resources/read-model-rows.txt");

    private final TestPlatform platform = new TestPlatform();

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void rowsDoNotDependOnBatchesAndSegments() {
        List<EventMessage<?>> events = interleaved(events("BTCUSDT", 1), events("ETHUSDT", 2));
        int middle = events.size() / 2;

        // Built while the log grows, with two events per transaction.
        ReadModelBuild early = platform.serve();
        Map<String, List<String>> grown;
        try (ReadModelProcessors.Running running = platform.processors(2, 2).start(early)) {
            platform.publish(events.subList(0, middle));
            awaitHead(running);
            platform.publish(events.subList(middle, events.size()));
            awaitHead(running);
            grown = platform.rows(early);
        }

        for (int[] settings : new int[][] {{1, 500}, {8, 37}}) {
            ReadModelBuild late = platform.builds.create();
            try (ReadModelProcessors.Running running =
                    platform.processors(settings[0], settings[1]).start(late)) {
                awaitHead(running);
            }
            Map<String, List<String>> replayed = platform.rows(late);
            assertThat(replayed.keySet()).isEqualTo(grown.keySet());
            replayed.forEach((table, rows) -> assertThat(rows)
                    .as("%s with %d segments and batches of %d", table, settings[0], settings[1])
                    .isEqualTo(grown.get(table)));
        }
        assertThat(grown).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
    }

    @Test
    void rebuildRunsBesideTheServingBuildAndReplacesIt() throws Exception {
        platform.publish(events("BTCUSDT", 3));
        ReadModelOperations operations = platform.operations(platform.builds, platform.log);
        operations.start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> operations.build() != null && operations.lag() == 0);
            ReadModelBuild old = platform.builds.current().orElseThrow();
            Map<String, List<String>> before = platform.rows(old);

            ReadModelBuild fresh = operations.rebuild();

            assertThat(fresh).isNotEqualTo(old);
            assertThat(platform.builds.current()).contains(fresh);
            assertThat(platform.builds.all()).containsExactly(fresh);
            assertThat(platform.rows(old)).isEmpty();
            assertThat(platform.rows(fresh)).isEqualTo(before);
            assertThat(platform.client
                            .sql(
                                    "select distinct processor_name from hindcast.token_entry where processor_name like 'read%'")
                            .query(String.class)
                            .list())
                    .containsExactly(fresh.processor());

            // The log continues.
            MarketScript later = new MarketScript("SOLUSDT", 4).open().history(FIRST);
            platform.publish(later.take());
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(platform.rows(fresh).get("market")).hasSize(2));
        } finally {
            operations.stop();
        }
    }

    @Test
    void dropsAbandonedBuildAtTheNextStart() {
        ReadModelBuild serving = platform.serve();
        ReadModelBuild abandoned = platform.builds.create();

        ReadModelOperations operations = platform.operations(platform.builds, platform.log);
        operations.start();
        assertThat(operations.build()).isEqualTo(serving);
        operations.stop();

        assertThat(platform.builds.all()).containsExactly(serving);
        assertThat(platform.rows(abandoned)).isEmpty();
    }

    /**
     * A change of the rows for the same log needs a new revision: without it, a new program version keeps filling the
     * tables of the previous one.
     */
    @Test
    void rowsOfAKnownLogMatchTheDefinition() throws Exception {
        platform.publish(events("BTCUSDT", 1));
        ReadModelBuild build = platform.serve();
        try (ReadModelProcessors.Running running = platform.processors(1, 100).start(build)) {
            awaitHead(running);
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        platform.rows(build).forEach((table, rows) -> digest.update((table + rows).getBytes(StandardCharsets.UTF_8)));
        String found = "definition " + ReadModelDefinition.PROGRAM.digest() + "\nrows "
                + HexFormat.of().formatHex(digest.digest()) + "\n";

        if (Boolean.getBoolean("hindcast.renew")) {
            Files.writeString(KNOWN_ROWS, found);
        }
        assertThat(found)
                .as(
                        "If only the rows changed, raise ReadModelDefinition.REVISION. Then renew %s: CONTRIBUTING.md, Add a read model.",
                        KNOWN_ROWS)
                .isEqualTo(Files.readString(KNOWN_ROWS));
    }

    private void awaitHead(ReadModelProcessors.Running running) {
        long head = platform.log.createHeadToken().position().orElseThrow();
        await().atMost(Duration.ofSeconds(60)).until(() -> running.position() >= head);
    }

    /**
     * History, two versions with different horizons, single live bars, a gap with its repair, corrections, late bars.
     */
    private static List<EventMessage<?>> events(String symbol, long seed) {
        MarketScript script = new MarketScript(symbol, seed);
        LocalDate second = FIRST.plusDays(1);
        LocalDate third = FIRST.plusDays(2);
        LocalDate fourth = FIRST.plusDays(3);
        String program = TrainingProgramId.of(script.symbol());
        TrainingRunId run = new TrainingRunId(script.symbol(), 1, ModelFamily.LIGHTGBM, 2);
        script.open()
                .history(FIRST)
                .candles(second, 0, 1440, CandleSource.HISTORY)
                .wentLive(at(third, 0));
        script.event(
                "TrainingProgram",
                program,
                new TrainingCycleRequested(
                        script.symbol(),
                        1,
                        "first",
                        List.of(ModelFamily.LIGHTGBM),
                        new TrainingSpec(LabelSpec.DEFAULT, at(FIRST, 0), at(second, 1439), 7),
                        at(third, 0),
                        Optional.empty()));
        DatasetRef dataset = new DatasetRef(
                new ArtifactRef("ab".repeat(32), 1000),
                new LogPosition(script.day(second).toString(), 0),
                1440,
                1440,
                0,
                new FeatureSetRef("price-v1", "ef".repeat(32)));
        script.event("TrainingProgram", program, new DatasetRecorded(script.symbol(), 1, dataset, at(third, 0)));
        script.event(
                "TrainingProgram",
                program,
                new TrainingRunQueued(
                        run,
                        new TrainingSpec(LabelSpec.DEFAULT, at(FIRST, 0), at(second, 1439), 7),
                        dataset,
                        at(third, 0)));
        script.event(
                "TrainingProgram",
                program,
                new TrainingRunLaunched(
                        run,
                        1,
                        "local",
                        "machine",
                        "cd".repeat(32),
                        new TreeMap<>(Map.of("rounds", "3")),
                        at(third, 0)));
        script.event(
                "RunProgress",
                TrainingProgramId.progressOf(run),
                new TrainingProgressRecorded(
                        run,
                        new TrainingProgress(1, 1, List.of(1, 2), new TreeMap<>(Map.of("loss", List.of(1.1, 1.0)))),
                        at(third, 0)));
        script.model(1, LabelSpec.DEFAULT, at(third, 0)).model(2, new LabelSpec(5, 0.05), at(third, 0));
        new RegistryScript(script).decisions(at(third, 0));
        if (symbol.equals("BTCUSDT")) { // there is one budget for all symbols
            RentalScript.rentals(script, run, at(third, 0));
        }
        AuditScript.audits(script, script.version(1), FIRST, at(third, 0));
        script.event("TrainingProgram", program, new TrainingRunClaimed(run, 1, "worker", at(third, 0)));
        script.event("TrainingProgram", program, new TrainingRunReleased(run, 1, at(third, 0)));
        script.event("TrainingProgram", program, new TrainingRunClaimed(run, 2, "worker", at(third, 0)));
        script.event(
                "TrainingProgram",
                program,
                new TrainingRunFailed(run, new TrainingFailure("out of memory", "Give it more", false), at(third, 1)));
        script.event(
                "TrainingProgram",
                program,
                new TrainingCycleCancelled(script.symbol(), 1, "anna", "wrong label", at(third, 1)));
        script.event("TrainingProgram", program, new TrainingCycleEnded(script.symbol(), 1, 0, 1, at(third, 1)));
        repetition(script, dataset, at(third, 1));
        // Backfill of a completed day: outcomes are known when the predictions are recorded.
        LogPosition cut = new LogPosition(script.day(third).toString(), 0);
        script.model(new LaneJoined(script.version(1), cut, at(third, 1)))
                .model(new BackfillBegun(script.version(1), at(FIRST, 0), at(third, 1), 2, at(third, 1)))
                .backfill(second, 0, 1440, 1, at(third, 1))
                .model(new BackfillCompleted(
                        script.version(1), new Backfill(at(FIRST, 0), at(third, 1), 2, 1440), at(third, 6)));
        script.model(new LaneJoined(script.version(2), cut, at(third, 1)))
                .model(new BackfillGivenUp(script.version(2), "deadline", at(third, 1)))
                .model(new BackfillRequested(script.version(2), "again", at(third, 2)))
                .backfill(second, 0, 1440, 2, at(third, 3));
        // Bars that the lane predicts too: the first before the backfill, the others after it.
        script.backfill(third, 0, 8, 1, at(third, 1));
        List<Candle> missed = new ArrayList<>();
        for (int minute = 0; minute < 200; minute++) {
            if (minute == 60) {
                script.event(
                        "MarketDay",
                        script.day(third).toString(),
                        new GapDetected(script.day(third), 60, 64, at(third, 66)));
            }
            if (minute >= 60 && minute < 65) {
                missed.add(script.next(at(third, minute)));
                continue;
            }
            script.candles(third, minute, minute + 1, CandleSource.LIVE);
            script.predictions(
                    third,
                    minute,
                    minute + 1,
                    minute < 100 ? List.of(1) : List.of(1, 2),
                    minute % 17 == 0 ? PredictionOrigin.LATE : PredictionOrigin.LIVE,
                    at(third, minute + 1));
        }
        // A correction before and one after the outcome was resolved, and late bars.
        script.candles(third, List.of(script.next(at(third, 199))), 1, CandleSource.LIVE, at(third, 201));
        script.candles(third, List.of(script.next(at(third, 50))), 1, CandleSource.REPAIR, at(third, 202));
        script.candles(third, missed.subList(0, 3), 0, CandleSource.REPAIR, at(third, 203));
        script.event(
                "MarketDay", script.day(third).toString(), new GapConfirmed(script.day(third), 63, 64, at(third, 204)));
        script.event(
                "MarketDay", script.day(third).toString(), new GapRepaired(script.day(third), 60, 62, at(third, 204)));
        script.backfill(third, 90, 110, 2, at(third, 205));
        // The rest of the day in batches, predictions sometimes before their bars.
        script.candles(third, 200, 900, CandleSource.REPAIR);
        script.predictions(third, 200, 900, List.of(1), PredictionOrigin.LATE, at(third, 901));
        script.predictions(third, 1430, 1440, List.of(1, 2), PredictionOrigin.LIVE, at(third, 1440));
        script.candles(third, 1400, 1440, CandleSource.LIVE);
        script.candles(fourth, 0, 3, CandleSource.LIVE);
        script.candles(fourth, 3, 12, CandleSource.LIVE);
        script.candles(second, List.of(script.next(at(second, 1439))), 1, CandleSource.REPAIR, at(fourth, 13));
        script.predictions(fourth, 0, 12, List.of(2, 1), PredictionOrigin.LIVE, at(fourth, 12));
        new NewsScript(script).articles(second, fourth);
        return script.take();
    }

    private static List<EventMessage<?>> interleaved(List<EventMessage<?>> a, List<EventMessage<?>> b) {
        List<EventMessage<?>> events = new ArrayList<>();
        Iterator<EventMessage<?>> left = a.iterator();
        Iterator<EventMessage<?>> right = b.iterator();
        while (left.hasNext() || right.hasNext()) {
            if (left.hasNext()) {
                events.add(left.next());
            }
            if (right.hasNext()) {
                events.add(right.next());
            }
        }
        return events;
    }

    /** Adds cycle 2, which repeats a run, and the purge of its dataset. */
    private static void repetition(MarketScript script, DatasetRef dataset, Instant at) {
        String program = TrainingProgramId.of(script.symbol());
        TrainingRunId run = new TrainingRunId(script.symbol(), 2, ModelFamily.LIGHTGBM, 1);
        TrainingRunId of = new TrainingRunId(script.symbol(), 1, ModelFamily.LIGHTGBM, 1);
        TrainingSpec spec = new TrainingSpec(LabelSpec.DEFAULT, at.minusSeconds(3600), at, 7);
        VersionRegistered result = MarketScript.registered(script.version(1), LabelSpec.DEFAULT, at);
        Repetition repetition =
                new Repetition(of, new TreeMap<>(), result.artifact(), RegistryScript.because("is it the same?", at));
        for (TrainingEvent event : List.of(
                new TrainingCycleRequested(
                        script.symbol(),
                        2,
                        "is it the same?",
                        List.of(ModelFamily.LIGHTGBM),
                        spec,
                        at,
                        Optional.of(repetition)),
                new DatasetRecorded(script.symbol(), 2, dataset, at),
                new TrainingRunQueued(run, spec, dataset, at),
                new TrainingRunSucceeded(
                        run, result.artifact(), result.scorer(), result.provenance(), result.evaluation(), at),
                new TrainingRunRepeated(run, of, result.artifact(), result.artifact(), at),
                new TrainingCycleEnded(script.symbol(), 2, 1, 0, at),
                new DatasetPurged(script.symbol(), dataset.manifest(), at))) {
            script.event("TrainingProgram", program, event);
        }
    }
}
