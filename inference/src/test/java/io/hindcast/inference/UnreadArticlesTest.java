package io.hindcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.inference.model.ModelSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Articles that overflow the queue or cannot be scored. */
@NullUnmarked
class UnreadArticlesTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 1_440;
    private static final List<Candle> BARS = RandomWalk.bars(START, HISTORY + 1_000, 11);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestPlatform platform;
    private final FaultyModels models = new FaultyModels();
    private int next = HISTORY;
    private int articles;

    @BeforeEach
    void setUp() {
        platform = new TestPlatform(artifacts, true);
        platform.history(BARS.subList(0, HISTORY));
        ModelSource honest = platform.source;
        platform.source = version -> models.of(honest.load(version));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private void live() {
        platform.live(BARS.get(next++));
    }

    private ArticleId article() {
        Instant now = START.plusSeconds(60L * next);
        return platform.news.article(
                (articles % 2 == 0 ? "Bitcoin rises again" : "Miners sell what they hold") + " " + articles++,
                now.minusSeconds(90),
                now);
    }

    private VersionId reader() {
        VersionId id = platform.promote(1, TestModels.reader(1));
        await().atMost(PATIENCE).until(() -> {
            live();
            return platform.version(id).joined().isPresent();
        });
        platform.shiftSlots(id);
        ArticleId first = article();
        awaitRead(first);
        return id;
    }

    /** Number of score events per article. */
    private Map<ArticleId, Integer> scored() {
        Map<ArticleId, Integer> scored = new TreeMap<>();
        platform.news.scored().forEach(event -> scored.merge(event.articleId(), 1, Integer::sum));
        return scored;
    }

    private void awaitRead(ArticleId... ids) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(scored()).containsKeys(ids));
    }

    @Test
    void scoresArticlesThatFoundTheQueueFullWithoutARestart() {
        platform.set("articles.queue", 3);
        platform.start();
        reader();
        List<ArticleId> all = new ArrayList<>();

        models.scoring.acquireUninterruptibly();
        try {
            for (int i = 0; i < 12; i++) {
                all.add(article());
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(platform.outages.current())
                            .singleElement()
                            .satisfies(outage -> assertThat(outage.summary())
                                    .contains("More than 3 articles")
                                    .contains("read later")));
        } finally {
            models.scoring.release();
        }

        awaitRead(all.toArray(ArticleId[]::new));
        assertThat(scored().values()).containsOnly(1);
        await().atMost(PATIENCE).until(() -> platform.outages.current().isEmpty());
        assertThat(platform.outages.losses()).isEmpty();
    }

    @Test
    void abandonsTextThatCannotBeScoredAndScoresAllOthers() {
        platform.start();
        VersionId version = reader();
        models.arm();
        ArticleId poison = article();
        await().atMost(PATIENCE).until(models::isPoisoned);
        List<ArticleId> others = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            live();
            others.add(article());
            assertThat(platform.outages.losses()).hasSize(1);
        });
        others.add(article());
        live();

        awaitRead(others.toArray(ArticleId[]::new));
        assertThat(scored()).doesNotContainKey(poison);
        assertThat(scored().values()).containsOnly(1);
        assertThat(platform.outages.losses().getFirst().summary())
                .contains(version.toString())
                .contains(poison.toString())
                .contains("no room for this row");
        assertThat(platform.meters().get("hindcast.news.unread").counter().count())
                .isEqualTo(1);
        assertThat(models.opened.get()).as("loads").isLessThanOrEqualTo(3);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(platform.lanes()).extracting(LaneStatus::state).containsOnly(LaneStatus.State.PREDICTING);
            assertThat(platform.outages.current()).isEmpty();
        });
    }

    @Test
    void versionThatScoresNothingIsUnhealthyAndCatchesUpOnceItWorks() {
        platform.start();
        reader();
        models.dead = true;
        List<ArticleId> all = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            live();
            all.add(article());
            assertThat(models.opened.get()).isGreaterThanOrEqualTo(4);
        });
        assertThat(platform.lanes().getFirst().state()).isEqualTo(LaneStatus.State.UNHEALTHY);
        assertThat(platform.outages.losses()).isEmpty();

        models.dead = false;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            live();
            assertThat(scored()).containsKeys(all.toArray(ArticleId[]::new));
        });
        await().atMost(PATIENCE).until(() -> platform.outages.current().isEmpty());
        assertThat(platform.lanes().getFirst().state()).isEqualTo(LaneStatus.State.PREDICTING);
        assertThat(models.open).hasValue(1);
    }

    @Test
    void continuesAfterAnErrorOnItsThread() {
        FaultyCommandBus failures = platform.start();
        reader();
        failures.failWithError(RecordArticleScores.class, 2);
        ArticleId one = article();

        await().atMost(PATIENCE).until(failures::failed);
        awaitRead(one);
        await().atMost(PATIENCE).until(() -> platform.outages.current().isEmpty());
        assertThat(platform.meters()
                        .get("hindcast.loop.failures")
                        .tag("part", "article reader")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void abandonsArticleWhoseScoresCannotBeRecordedAndScoresAllOthers() {
        FaultyCommandBus failures = platform.start();
        reader();
        ArticleId poison = ArticleId.of(new ArticleUrl("https://example.com/poison"));
        failures.failAlways(payload -> payload instanceof RecordArticleScores command
                && command.articleId().equals(poison));
        Instant now = START.plusSeconds(60L * next);
        assertThat(platform.news.article("poison", now.minusSeconds(90), now)).isEqualTo(poison);
        List<ArticleId> others = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            others.add(article());
            assertThat(platform.outages.losses()).isNotEmpty();
        });

        awaitRead(others.toArray(ArticleId[]::new));
        assertThat(scored()).doesNotContainKey(poison);
        assertThat(platform.outages.losses().getFirst().summary())
                .contains(poison.toString())
                .contains("never works");
        await().atMost(PATIENCE).until(() -> platform.outages.current().isEmpty());
    }

    @Test
    void continuesAfterBeingStoppedAndStartedAgain() {
        platform.start();
        reader();
        var follower = platform.process().context().getBean(InferenceEngine.class);
        follower.stop();
        assertThat(models.open).hasValue(0);
        ArticleId one = article();
        follower.start();

        await().atMost(PATIENCE).untilAsserted(() -> {
            live();
            assertThat(scored()).containsKey(one);
        });
        assertThat(scored().values()).containsOnly(1);
    }
}
