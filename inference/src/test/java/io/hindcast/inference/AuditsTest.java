package io.hindcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.audit.AuditCompleted;
import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDifference;
import io.hindcast.api.audit.AuditDifference.Kind;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.audit.AuditFailed;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.RecordAuditDays;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.api.prediction.BackfilledScores;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.history.market.DayFiles;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.history.model.ModelHistory.BackfillState;
import io.hindcast.ml.model.ModelBundle;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Audits: past predictions computed again and compared with what was recorded. */
@NullUnmarked
class AuditsTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final LocalDate FIRST = LocalDate.parse("2022-03-01");
    private static final int HISTORY = 1_440 + 1_400; // live from 23:20 of the second day
    private static final List<Candle> BARS = RandomWalk.bars(START, HISTORY + 300, 11);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TestPlatform platform = new TestPlatform(artifacts, true);
    private int next = HISTORY;

    @AfterEach
    void stop() {
        platform.close();
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
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.version(id).backfill()).isEqualTo(BackfillState.COMPLETE));
        return id;
    }

    /** Runs a market with a version until some of the third day, and waits for its predictions. */
    private VersionId past(ModelBundle bundle) {
        platform.history(BARS.subList(0, HISTORY));
        platform.start();
        VersionId version = join(1, bundle);
        bars(100);
        awaitPredicted(version);
        return version;
    }

    private void awaitPredicted(VersionId version) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            int held = LogChecks.predictions(platform, version).size()
                    + platform.backfills.predictions(version).size();
            assertThat(held).isEqualTo(next);
        });
    }

    private AuditEvent audited(AuditId audit) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.audits.end(audit)).isPresent());
        return platform.audits.end(audit).orElseThrow();
    }

    private List<AuditDifference> audit(VersionId version) {
        AuditId audit = platform.audits.request(version, FIRST, FIRST.plusDays(3));
        assertThat(audited(audit)).isInstanceOf(AuditCompleted.class);
        return platform.audits.days(audit).stream()
                .flatMap(day -> day.differences().stream())
                .toList();
    }

    private void assertExact(AuditId audit, int predictions) {
        AuditCounts counts = ((AuditCompleted) audited(audit)).result().counts();
        assertThat(counts.divergences() + counts.nearTies()).isZero();
        assertThat(counts.exact() + counts.close()).isEqualTo(predictions);
    }

    /** Tampers with the log while no process runs. */
    private void tamper(UnaryOperator<Object> change) {
        platform.stop();
        platform.tamper(change);
        platform.start();
        bars(1);
    }

    @Test
    void treesPredictTheSameBitByBit() {
        VersionId version = past(TestModels.bundle(7));
        AuditId audit = platform.audits.request(version, FIRST, FIRST.plusDays(3));
        assertExact(audit, next);
        assertThat(((AuditCompleted) audited(audit)).result().counts().close()).isZero();
        assertThat(platform.audits.days(audit))
                .hasSize(3)
                .allSatisfy(day -> assertThat(day.recordedDigest()).isEqualTo(day.recomputedDigest()));
        assertThat(platform.outages.losses()).isEmpty();
        assertThat(platform.meters().get("hindcast.audit.days").counter().count())
                .isEqualTo(3);
    }

    @Test
    void transformersPredictTheSame() {
        VersionId version = past(TestModels.transformer(9));
        assertExact(platform.audits.request(version, FIRST, FIRST.plusDays(3)), next);
    }

    @Test
    void barsThatCameLateOrWereCorrectedComeOutAsTheyDidThen() {
        List<Candle> holed = new ArrayList<>(BARS.subList(0, HISTORY));
        Candle late = holed.remove(900);
        platform.history(holed);
        platform.start();
        VersionId version = join(1, TestModels.bundle(7));
        bars(30);
        platform.repair(1, TestBars.corrected(BARS.get(next - 10)));
        platform.repair(0, late);
        bars(40);
        awaitPredicted(version);
        assertExact(platform.audits.request(version, FIRST, FIRST.plusDays(3)), next);
    }

    @Test
    void findsChangedPredictionOfTheLane() {
        VersionId version = past(TestModels.bundle(7));
        List<Instant> changed = new ArrayList<>();
        tamper(payload -> {
            if (!(payload instanceof PredictionsRecorded event) || !changed.isEmpty()) {
                return payload;
            }
            changed.add(event.openTime(0));
            Predictions rows = event.predictions();
            List<Double> sell = new ArrayList<>(rows.sell());
            sell.set(0, 0.999);
            return new PredictionsRecorded(
                    event.predictionDay(),
                    event.recordedAt(),
                    new Predictions(
                            rows.versions(),
                            rows.scorers(),
                            rows.version(),
                            rows.minute(),
                            rows.barRevision(),
                            sell,
                            rows.hold(),
                            rows.buy()),
                    event.origin());
        });
        awaitPredicted(version);
        assertThat(audit(version)).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.DIFFERENT);
            assertThat(difference.about()).isEqualTo(changed.getFirst());
            assertThat(difference.origin()).contains(PredictionOrigin.LIVE);
            assertThat(difference.recorded().orElseThrow().sell()).isEqualTo(0.999);
            assertThat(difference.recomputed().orElseThrow().sell()).isLessThan(0.999);
            assertThat(difference.features()).isNotEmpty();
        });
        await().untilAsserted(() -> assertThat(platform.outages.losses())
                .anySatisfy(loss -> assertThat(loss.problem()).contains("1 divergence", version.toString())));
    }

    @Test
    void findsChangedCandleAndNamesItByTheDayFile() {
        platform.dayFiles = new DayFiles(folder.resolve("days of " + System.identityHashCode(this)));
        platform.wentLive(START);
        VersionId version = past(TestModels.bundle(7));
        tamper(payload ->
                payload instanceof CandlesRecorded event && event.day().equals(FIRST)
                        ? withClose(event, 700)
                        : payload);
        awaitPredicted(version);
        List<AuditDifference> differences = audit(version);
        assertThat(differences).isNotEmpty();
        AuditDifference first = differences.getFirst();
        assertThat(first.about()).isAfterOrEqualTo(BARS.get(700).openTime());
        assertThat(first.note().orElseThrow())
                .contains("the candle of " + BARS.get(700).openTime());
        assertThat(first.features())
                .anySatisfy(feature -> assertThat(feature.then()).isNotEqualTo(feature.now()));
    }

    @Test
    void changedDayFileIsNoDivergence() throws IOException {
        Path days = folder.resolve("files of " + System.identityHashCode(this));
        platform.dayFiles = new DayFiles(days);
        platform.wentLive(START);
        VersionId version = past(TestModels.bundle(7));
        try (Stream<Path> files = Files.walk(days)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                flipByte(file);
            }
        }
        assertExact(platform.audits.request(version, FIRST, FIRST.plusDays(3)), next);
    }

    private static CandlesRecorded withClose(CandlesRecorded event, int minute) {
        List<Candle> bars = new ArrayList<>();
        for (int row = 0; row < event.candles().size(); row++) {
            Candle bar = event.candles().candle(event.day(), row);
            bars.add(row == minute ? TestBars.corrected(bar) : bar);
        }
        return new CandlesRecorded(
                event.marketDay(), event.source(), event.knownAt(), Candles.of(event.day(), bars), event.revision());
    }

    @Test
    void findsChangedByteOfTheArtifact() throws IOException {
        ModelBundle bundle = TestModels.bundle(8);
        VersionId version = past(bundle);
        String digest = platform.version(version).artifact().sha256();
        try (Stream<Path> files = Files.walk(folder)) {
            flipByte(files.filter(file -> file.toString().endsWith(digest))
                    .findFirst()
                    .orElseThrow());
        }
        AuditId audit = platform.audits.request(version, FIRST, FIRST.plusDays(3));
        assertThat(audited(audit))
                .isInstanceOfSatisfying(
                        AuditFailed.class, failed -> assertThat(failed.reason()).contains(digest, "cannot be used"));
        await().untilAsserted(() -> assertThat(platform.outages.losses())
                .anySatisfy(loss -> assertThat(loss.problem()).contains(digest)));
        artifacts.put(bundle.toBytes());
    }

    private static void flipByte(Path file) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(content.length() / 2);
            int value = content.read();
            content.seek(content.length() / 2);
            content.write(value ^ 1);
        }
    }

    @Test
    void namesBarThatTheVersionShouldHavePredicted() {
        VersionId version = past(TestModels.bundle(7));
        List<Instant> removed = new ArrayList<>();
        tamper(payload -> {
            if (payload instanceof PredictionsRecorded event && removed.isEmpty()) {
                removed.add(event.openTime(0));
                return new PredictionsRecorded(
                        event.predictionDay(),
                        event.recordedAt(),
                        event.predictions().select(List.of()),
                        List.of());
            }
            return payload;
        });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(LogChecks.predictions(platform, version))
                        .containsKey(BARS.get(next - 1).openTime().toEpochMilli()));
        assertThat(audit(version)).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.MISSING);
            assertThat(difference.about()).isEqualTo(removed.getFirst());
        });
    }

    @Test
    void goesOnAfterARestartWhereItWas() {
        VersionId version = past(TestModels.bundle(7));
        platform.process().failures().failAlways(command -> command instanceof RecordAuditDays);
        AuditId audit = platform.audits.request(version, FIRST, FIRST.plusDays(3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.outages.current())
                        .anySatisfy(outage -> assertThat(outage.part()).contains(audit.toString())));
        platform.stop();
        platform.audits.record(new RecordAuditDays(audit, List.of(empty(FIRST)), platform.now()));
        platform.start();
        bars(1);
        assertThat(audited(audit)).isInstanceOf(AuditCompleted.class);
        assertThat(platform.audits.days(audit))
                .extracting(AuditDay::day)
                .containsExactly(FIRST, FIRST.plusDays(1), FIRST.plusDays(2));
    }

    private static AuditDay empty(LocalDate day) {
        return new AuditDay(day, AuditCounts.NONE, "", "", List.of());
    }

    @Test
    void cancelledAuditEndsEarly() {
        VersionId version = past(TestModels.bundle(7));
        platform.process().failures().failAlways(command -> command instanceof RecordAuditDays);
        AuditId audit = platform.audits.request(version, FIRST, FIRST.plusDays(3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.outages.current()).isNotEmpty());
        platform.audits.cancel(audit);
        platform.process().failures().failAlways(_ -> false);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.outages.current()).isEmpty());
        assertThat(platform.audits.days(audit)).isEmpty();
    }

    @Test
    void scoresOfArticlesComeOutTheSameAndChangedOnesAreFound() {
        platform.history(BARS.subList(0, HISTORY));
        ArticleId before = platform.news.article("before", START.plusSeconds(3_600), START.plusSeconds(3_600));
        platform.start();
        VersionId version = join(1, TestModels.reader(1));
        Instant now = platform.now();
        ArticleId live = platform.news.article("Bitcoin rises again", now.minusSeconds(90), now);
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(platform.news.scored()).hasSize(1);
        });
        assertExact(platform.audits.request(version, FIRST, FIRST.plusDays(3)), 2);
        assertThat(platform.backfills.scores(version)).containsOnlyKeys(before + "/0");

        tamper(payload -> payload instanceof BackfillScoresRecorded event
                ? new BackfillScoresRecorded(
                        event.backfillDay(),
                        event.scorer(),
                        event.recordedAt(),
                        new BackfilledScores(
                                event.scores().article(),
                                event.scores().reading(),
                                event.scores().firstSeen(),
                                event.scores().knownAt(),
                                event.scores().repeats(),
                                List.of(0.999),
                                event.scores().hold(),
                                event.scores().buy()))
                : payload);
        assertThat(audit(version)).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo(Kind.DIFFERENT);
            assertThat(difference.text().orElseThrow().article())
                    .isEqualTo(before)
                    .isNotEqualTo(live);
            assertThat(difference.origin()).contains(PredictionOrigin.RECONCILED);
            assertThat(difference.recorded().orElseThrow().sell()).isEqualTo(0.999);
        });
    }
}
