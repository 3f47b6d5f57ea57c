package io.hindcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.RecordArticleScores;
import io.hindcast.inference.model.ModelSource;
import io.hindcast.inference.news.ArticleFollower;
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

/** Articles that are hard to read, too many, or cannot be read at all. */
@NullUnmarked
class UnreadArticlesTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 1_440;
    private static final List<Candle> BARS = Markets.bars(START, HISTORY + 1_000, 11);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private World world;
    private final Mortal mortal = new Mortal();
    private int next = HISTORY;
    private int articles;

    @BeforeEach
    void setUp() {
        world = new World(artifacts, true);
        world.history(BARS.subList(0, HISTORY));
        ModelSource honest = world.source;
        world.source = version -> mortal.of(honest.load(version));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void live() {
        world.live(BARS.get(next++));
    }

    private ArticleId article() {
        Instant now = START.plusSeconds(60L * next);
        return world.news.article(
                (articles % 2 == 0 ? "Bitcoin rises again" : "Miners sell what they hold") + " " + articles++,
                now.minusSeconds(90),
                now);
    }

    private VersionId reader() {
        VersionId id = world.promote(1, Models.reader(1));
        await().atMost(PATIENCE).until(() -> {
            live();
            return world.version(id).joined().isPresent();
        });
        world.shiftSlots(id);
        ArticleId first = article();
        awaitRead(first);
        return id;
    }

    /** How often each article was scored. */
    private Map<ArticleId, Integer> scored() {
        Map<ArticleId, Integer> scored = new TreeMap<>();
        world.news.scored().forEach(event -> scored.merge(event.articleId(), 1, Integer::sum));
        return scored;
    }

    private void awaitRead(ArticleId... ids) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(scored()).containsKeys(ids));
    }

    @Test
    void articlesThatFindTheQueueFullAreReadOnceThereIsRoomWithoutARestart() {
        world.set("waiting-articles", 3);
        world.start();
        reader();
        List<ArticleId> all = new ArrayList<>();

        mortal.scoring.acquireUninterruptibly();
        try {
            for (int i = 0; i < 12; i++) {
                all.add(article());
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(world.outages.current())
                            .singleElement()
                            .satisfies(outage -> assertThat(outage.summary())
                                    .contains("More than 3 articles")
                                    .contains("read later")));
        } finally {
            mortal.scoring.release();
        }

        awaitRead(all.toArray(ArticleId[]::new));
        assertThat(scored().values()).containsOnly(1);
        await().atMost(PATIENCE).until(() -> world.outages.current().isEmpty());
        assertThat(world.outages.losses()).isEmpty();
    }

    @Test
    void aTextThatCanNeverBeScoredIsGivenUpAndAllOthersAreRead() {
        world.start();
        VersionId version = reader();
        mortal.arm();
        ArticleId poison = article();
        await().atMost(PATIENCE).until(mortal::isPoisoned);
        List<ArticleId> others = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            live();
            others.add(article());
            assertThat(world.outages.losses()).hasSize(1);
        });
        others.add(article());
        live();

        awaitRead(others.toArray(ArticleId[]::new));
        assertThat(scored()).doesNotContainKey(poison);
        assertThat(scored().values()).containsOnly(1);
        assertThat(world.outages.losses().getFirst().summary())
                .contains(version.toString())
                .contains(poison.toString())
                .contains("no room for this row");
        assertThat(world.meters().get("hindcast.news.unread").counter().count()).isEqualTo(1);
        assertThat(mortal.opened.get()).as("loads").isLessThanOrEqualTo(3);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(world.lanes()).extracting(LaneStatus::state).containsOnly(LaneStatus.State.PREDICTING);
            assertThat(world.outages.current()).isEmpty();
        });
    }

    @Test
    void aReaderThatScoresNothingIsUnhealthyAndReadsEverythingOnceItWorksAgain() {
        world.start();
        reader();
        mortal.dead = true;
        List<ArticleId> all = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            live();
            all.add(article());
            assertThat(mortal.opened.get()).isGreaterThanOrEqualTo(4);
        });
        assertThat(world.lanes().getFirst().state()).isEqualTo(LaneStatus.State.UNHEALTHY);
        assertThat(world.outages.losses()).isEmpty();

        mortal.dead = false;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            live();
            assertThat(scored()).containsKeys(all.toArray(ArticleId[]::new));
        });
        await().atMost(PATIENCE).until(() -> world.outages.current().isEmpty());
        assertThat(world.lanes().getFirst().state()).isEqualTo(LaneStatus.State.PREDICTING);
        assertThat(mortal.open).hasValue(1);
    }

    @Test
    void anErrorOnTheReadersThreadEndsNothing() {
        Failures failures = world.start();
        reader();
        failures.failWithError(RecordArticleScores.class, 2);
        ArticleId one = article();

        await().atMost(PATIENCE).until(failures::failed);
        awaitRead(one);
        await().atMost(PATIENCE).until(() -> world.outages.current().isEmpty());
        assertThat(world.meters()
                        .get("hindcast.loop.failures")
                        .tag("part", "article reader")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void anArticleWhoseScoresCannotBeRecordedIsGivenUpAndAllOthersAreRead() {
        Failures failures = world.start();
        reader();
        ArticleId poison = ArticleId.of(new ArticleUrl("https://example.com/poison"));
        failures.failAlways(payload -> payload instanceof RecordArticleScores command
                && command.articleId().equals(poison));
        Instant now = START.plusSeconds(60L * next);
        assertThat(world.news.article("poison", now.minusSeconds(90), now)).isEqualTo(poison);
        List<ArticleId> others = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            others.add(article());
            assertThat(world.outages.losses()).isNotEmpty();
        });

        awaitRead(others.toArray(ArticleId[]::new));
        assertThat(scored()).doesNotContainKey(poison);
        assertThat(world.outages.losses().getFirst().summary())
                .contains(poison.toString())
                .contains("never works");
        await().atMost(PATIENCE).until(() -> world.outages.current().isEmpty());
    }

    @Test
    void theReaderGoesOnAfterItWasStoppedAndStartedAgain() {
        world.start();
        reader();
        var follower = world.process().context().getBean(ArticleFollower.class);
        follower.stop();
        assertThat(mortal.open).hasValue(0);
        ArticleId one = article();
        follower.start();

        await().atMost(PATIENCE).untilAsserted(() -> {
            live();
            assertThat(scored()).containsKey(one);
        });
        assertThat(scored().values()).containsOnly(1);
    }
}
