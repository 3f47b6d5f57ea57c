package io.hindcast.inference;

import static io.hindcast.inference.LogChecks.assertEveryBarPredictedOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.ml.model.ModelBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions whose features include the sentiment that each bar sees. */
@NullUnmarked
class SentimentTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 2 * 1_440 + 1_380; // live from 23:00, shortly before midnight
    private static final List<Candle> BARS = RandomWalk.bars(START, HISTORY + 600, 11);
    /** Time from publication until an article is seen here. */
    private static final Duration SOON = Duration.ofSeconds(90);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestPlatform platform;
    private int next = HISTORY;
    private int articles;

    @BeforeEach
    void setUp() {
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

    @Test
    void scoresBarsWithScoresThatTookEffectBeforeThem() {
        platform.start();
        promoted(1, TestModels.reader(1));
        VersionId trees = promoted(1, TestModels.newsTrees(7));
        VersionId tst = promoted(1, TestModels.newsTransformer(9));
        for (int i = 0; i < 6; i++) {
            awaitEffect(article(SOON));
            bars(12); // across midnight
        }

        assertEveryBarPredictedOnce(platform, trees, TestModels.newsTrees(7));
        assertEveryBarPredictedOnce(platform, tst, TestModels.newsTransformer(9));
        assertNoBarSeesALaterScore();
        assertThat(platform.news.effects()).hasSize(6);
        // The news makes a difference to the predictions.
        assertThat(LogChecks.predictions(platform, trees))
                .isNotEqualTo(LogChecks.predictionsWithoutNews(platform, trees, TestModels.newsTrees(7)));
    }

    @Test
    void lateArticleChangesNoEarlierBarEvenIfThatBarIsScoredAfterwards() {
        platform.start();
        promoted(1, TestModels.reader(1));
        VersionId trees = promoted(1, TestModels.newsTrees(7));
        awaitEffect(article(SOON));
        bars(20);
        assertEveryBarPredictedOnce(platform, trees, TestModels.newsTrees(7));
        Map<Long, List<Double>> before = LogChecks.predictions(platform, trees);
        // A lane that joined without its model and has to backfill the bars from here on.
        var cut = platform.version(trees).joined().orElseThrow();
        ModelBundle other = TestModels.newsTrees(8);
        AtomicBoolean loadable = new AtomicBoolean();
        platform.loadOnlyIf(version -> version.version().number() == 1 || loadable.get());
        VersionId away = platform.promote(2, other);
        platform.process()
                .context()
                .getBean(org.axonframework.commandhandling.gateway.CommandGateway.class)
                .sendAndWait(new io.hindcast.api.model.JoinLane(away.model(), 2, cut, Instant.EPOCH));
        bars(5);

        ArticleId late = article(Duration.ofHours(5));
        awaitEffect(late);
        bars(5);
        loadable.set(true);

        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(LogChecks.predictions(platform, away))
                    .containsKeys(before.keySet().toArray(Long[]::new));
        });
        bars(3);
        assertEveryBarPredictedOnce(platform, trees, TestModels.newsTrees(7));
        assertEveryBarPredictedOnce(platform, away, other);
        assertThat(LogChecks.predictions(platform, trees)).containsAllEntriesOf(before);
        assertNoBarSeesALaterScore();
        assertThat(platform.news.effects())
                .filteredOn(score -> score.articleId().equals(late))
                .singleElement()
                .satisfies(score -> assertThat(score.from())
                        .isAfter(Instant.ofEpochMilli(before.keySet().stream()
                                .mapToLong(Long::longValue)
                                .max()
                                .orElseThrow())));
    }

    @ParameterizedTest
    @CsvSource({"BEFORE, true", "AFTER, true", "AFTER, false"})
    void scoreTakesEffectOnceWhenTheProcessIsKilledMeanwhile(FaultyCommandBus.Moment moment, boolean ownThreads) {
        setUp(ownThreads);
        FaultyCommandBus failures = platform.start();
        VersionId reader = promoted(1, TestModels.reader(1));
        VersionId trees = promoted(1, TestModels.newsTrees(7));
        awaitEffect(article(SOON));
        bars(5);
        assertEveryBarPredictedOnce(platform, trees, TestModels.newsTrees(7));
        failures.killAt(ApplyScore.class, moment);
        ArticleId fatal = article(SOON);
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(failures.dead()).isTrue();
        });
        bars(3);
        ArticleId missed = article(SOON);
        bars(3);
        platform.stop();
        platform.start();
        awaitEffect(fatal);
        awaitEffect(missed);
        bars(10);

        assertEveryBarPredictedOnce(platform, trees, TestModels.newsTrees(7));
        assertNoBarSeesALaterScore();
        assertThat(platform.news.effects())
                .hasSize(3)
                .allSatisfy(score -> assertThat(score.version()).isEqualTo(reader));
    }

    @Test
    void scoresByAVersionTrainedAfterTheTextDoNotTakeEffect() {
        ArticleId old = platform.news.article("Bitcoin rose", START.plusSeconds(3_600), START.plusSeconds(3_600));
        platform.start();
        VersionId first = promoted(1, TestModels.reader(1));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(platform.backfills.scores(first)).containsKey(old + "/0"));
        ArticleId fresh = article(SOON);
        awaitEffect(fresh);
        bars(1); // the second version is trained after the text became known
        VersionId second = promoted(2, TestModels.reader(2));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(platform.backfills.scores(second)).containsKeys(old + "/0", fresh + "/0"));
        ArticleId both = article(SOON);
        awaitEffect(both);

        assertThat(platform.news.scored()).extracting(ArticleScored::articleId).doesNotContain(old);
        assertThat(platform.news.effects())
                .extracting(ScoreTookEffect::articleId)
                .containsExactly(fresh, both);
        assertThat(platform.news.effects()).extracting(ScoreTookEffect::version).containsExactly(first, second);
    }

    @Test
    void backfillSeesTheSentimentThatBarsSawWhenTheyBecameKnown() {
        platform.start();
        promoted(1, TestModels.reader(1));
        awaitEffect(article(SOON));
        bars(20);
        awaitEffect(article(SOON));
        bars(10);
        for (ModelBundle bundle : List.of(TestModels.newsTrees(7), TestModels.newsTransformer(9))) {
            VersionId version = promoted(1, bundle);
            await().atMost(PATIENCE)
                    .until(() -> platform.version(version).backfill() == ModelHistory.BackfillState.COMPLETE);
            Map<Long, List<Double>> past = platform.backfills.predictions(version);
            assertThat(past.keySet().stream().mapToLong(Long::longValue).max().orElseThrow())
                    .isGreaterThan(platform.news.effects().getLast().from().toEpochMilli());
            LogChecks.assertAsLive(platform, version, bundle, past);
        }
    }

    /** Asserts, in the order of the log, that a score takes effect after all bars scored without it. */
    private void assertNoBarSeesALaterScore() {
        Instant latestScored = Instant.MIN;
        Map<Long, Instant> moments = new java.util.HashMap<>();
        for (DomainEventMessage<?> event : platform.events()) {
            switch (event.getPayload()) {
                case CandlesRecorded e -> {
                    for (int row = 0; row < e.candles().size(); row++) {
                        moments.putIfAbsent(e.candles().openTime(e.day(), row).toEpochMilli(), e.knownAt(row));
                    }
                }
                case PredictionsRecorded e -> {
                    for (int row = 0; row < e.predictions().size(); row++) {
                        Instant moment = moments.get(e.openTime(row).toEpochMilli());
                        latestScored = moment.isAfter(latestScored) ? moment : latestScored;
                    }
                }
                case ScoreTookEffect e ->
                    assertThat(e.from()).isAfter(latestScored).isAfterOrEqualTo(e.firstSeen());
                default -> {
                    // Irrelevant for points in time.
                }
            }
        }
    }

    private ArticleId article(Duration publishedBefore) {
        Instant now = BARS.get(next).openTime();
        return platform.news.article("Bitcoin rises again " + articles++, now.minus(publishedBefore), now);
    }

    private void awaitEffect(ArticleId article) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(platform.news.effects())
                        .anySatisfy(score -> assertThat(score.articleId()).isEqualTo(article)));
    }

    private VersionId promoted(int number, ModelBundle bundle) {
        VersionId id = platform.promote(number, bundle);
        await().atMost(PATIENCE).until(() -> {
            bars(1);
            return platform.version(id).joined().isPresent();
        });
        platform.shiftSlots(id);
        return id;
    }

    private void bars(int count) {
        for (int i = 0; i < count; i++) {
            platform.live(BARS.get(next++));
        }
    }
}
