package io.hindcast.inference;

import static io.hindcast.inference.Check.everyBarOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ApplyScore;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.ml.model.ModelBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions that read bars with what each bar knew of the news. */
@NullUnmarked
class SentimentTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 2 * 1_440 + 1_380; // live from 23:00, so that midnight comes soon
    private static final List<Candle> BARS = Markets.bars(START, HISTORY + 600, 11);
    /** From publication to when an article is seen here. */
    private static final Duration SOON = Duration.ofSeconds(90);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private World world;
    private int next = HISTORY;
    private int articles;

    @BeforeEach
    void setUp() {
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

    @Test
    void barsAreScoredWithWhatWasCountedBeforeThemAndNothingElse() {
        world.start();
        promoted(1, Models.reader(1));
        VersionId trees = promoted(1, Models.newsTrees(7));
        VersionId tst = promoted(1, Models.newsTransformer(9));
        for (int i = 0; i < 6; i++) {
            counted(article(SOON));
            bars(12); // across midnight
        }

        everyBarOnce(world, trees, Models.newsTrees(7));
        everyBarOnce(world, tst, Models.newsTransformer(9));
        nothingWasKnownToAnEarlierBar();
        assertThat(world.news.counted()).hasSize(6);
        // It matters: bars that know nothing would have been scored otherwise.
        assertThat(Check.said(world, trees)).isNotEqualTo(Check.wouldSayWithoutNews(world, trees, Models.newsTrees(7)));
    }

    @Test
    void anArticleSeenLateChangesNoEarlierBarAlsoWhenThatBarIsScoredAfterwards() {
        world.start();
        promoted(1, Models.reader(1));
        VersionId trees = promoted(1, Models.newsTrees(7));
        counted(article(SOON));
        bars(20);
        everyBarOnce(world, trees, Models.newsTrees(7));
        Map<Long, List<Double>> before = Check.said(world, trees);
        // A lane that joined without its model: it owes the bars from here on.
        var cut = world.version(trees).joined().orElseThrow();
        ModelBundle other = Models.newsTrees(8);
        ArtifactRef artifact = artifacts.put(other.toBytes());
        artifacts.delete(artifact);
        VersionId away = world.promote(2, other, artifact);
        world.process()
                .context()
                .getBean(org.axonframework.commandhandling.gateway.CommandGateway.class)
                .sendAndWait(new io.hindcast.api.model.JoinLane(away.model(), 2, cut, Instant.EPOCH));
        bars(5);

        ArticleId late = article(Duration.ofHours(5));
        counted(late);
        bars(5);
        artifacts.put(other.toBytes());

        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(Check.said(world, away)).containsKeys(before.keySet().toArray(Long[]::new));
        });
        bars(3);
        everyBarOnce(world, trees, Models.newsTrees(7));
        everyBarOnce(world, away, other);
        assertThat(Check.said(world, trees)).containsAllEntriesOf(before);
        nothingWasKnownToAnEarlierBar();
        assertThat(world.news.counted())
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
    void aProcessKilledWhileAScoreIsCountedCountsItOnceAndScoresBarsAsTheLogSays(
            Failures.Moment moment, boolean ownThreads) {
        setUp(ownThreads);
        Failures failures = world.start();
        VersionId reader = promoted(1, Models.reader(1));
        VersionId trees = promoted(1, Models.newsTrees(7));
        counted(article(SOON));
        bars(5);
        everyBarOnce(world, trees, Models.newsTrees(7));
        failures.killAt(ApplyScore.class, moment);
        ArticleId fatal = article(SOON);
        await().atMost(PATIENCE).untilAsserted(() -> {
            bars(1);
            assertThat(failures.dead()).isTrue();
        });
        bars(3);
        ArticleId missed = article(SOON);
        bars(3);
        world.stop();
        world.start();
        counted(fatal);
        counted(missed);
        bars(10);

        everyBarOnce(world, trees, Models.newsTrees(7));
        nothingWasKnownToAnEarlierBar();
        assertThat(world.news.counted())
                .hasSize(3)
                .allSatisfy(score -> assertThat(score.version()).isEqualTo(reader));
    }

    @Test
    void whatIsSaidAfterwardsByAVersionThatKnewTheOutcomeDoesNotCount() {
        ArticleId old = world.news.article("Bitcoin rose", START.plusSeconds(3_600), START.plusSeconds(3_600));
        world.start();
        VersionId first = promoted(1, Models.reader(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.news.scored())
                        .anySatisfy(event -> assertThat(event.articleId()).isEqualTo(old)));
        ArticleId fresh = article(SOON);
        counted(fresh);
        VersionId second = promoted(2, Models.reader(2));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.news.scored())
                        .filteredOn(event -> event.articleId().equals(fresh))
                        .hasSize(2));
        ArticleId both = article(SOON);
        counted(both);

        assertThat(world.news.scored())
                .filteredOn(event -> event.articleId().equals(old))
                .extracting(ArticleScored::origin)
                .containsOnly(PredictionOrigin.RECONCILED);
        assertThat(world.news.counted()).extracting(ScoreTookEffect::articleId).containsExactly(fresh, both);
        assertThat(world.news.counted()).extracting(ScoreTookEffect::version).containsExactly(first, second);
    }

    /** In the order of the log: what a bar was scored without counts only from later than the bar's own moment. */
    private void nothingWasKnownToAnEarlierBar() {
        Instant latestScored = Instant.MIN;
        Map<Long, Instant> moments = new java.util.HashMap<>();
        for (DomainEventMessage<?> event : world.events()) {
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
                    // Says nothing about when something was known.
                }
            }
        }
    }

    private ArticleId article(Duration publishedBefore) {
        Instant now = BARS.get(next).openTime();
        return world.news.article("Bitcoin rises again " + articles++, now.minus(publishedBefore), now);
    }

    private void counted(ArticleId article) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.news.counted())
                        .anySatisfy(score -> assertThat(score.articleId()).isEqualTo(article)));
    }

    private VersionId promoted(int number, ModelBundle bundle) {
        VersionId id = world.promote(number, bundle);
        await().atMost(PATIENCE).until(() -> {
            bars(1);
            return world.version(id).joined().isPresent();
        });
        world.shiftSlots(id);
        return id;
    }

    private void bars(int count) {
        for (int i = 0; i < count; i++) {
            world.live(BARS.get(next++));
        }
    }
}
