package io.hindcast.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.Candle;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.VersionScore;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.history.market.RandomWalk;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.serve.ScorerEngines;
import io.hindcast.ml.trl.ArticleTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes that score articles. */
@NullUnmarked
class ArticleLanesTest extends StoredModels {

    private static final Instant START = Instant.parse("2022-03-01T00:00:00Z");
    private static final int HISTORY = 1_440;
    private static final List<Candle> BARS = RandomWalk.bars(START, HISTORY + 400, 11);
    private static final ScorerSpec SCORER = new ScorerSpec("any", "1");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestPlatform platform;
    private int next = HISTORY;

    @BeforeEach
    void setUp() {
        platform = new TestPlatform(artifacts, true);
        platform.history(BARS.subList(0, HISTORY));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Instant now() {
        return START.plusSeconds(60L * next);
    }

    private void live() {
        platform.live(BARS.get(next++));
    }

    private ArticleId article(String name) {
        return platform.news.article(name, now().minusSeconds(90), now());
    }

    private VersionId promoted(int number, ModelBundle bundle) {
        VersionId id = platform.promote(number, bundle);
        await().atMost(PATIENCE).until(() -> {
            live();
            return platform.version(id).joined().isPresent();
        });
        platform.shiftSlots(id);
        return id;
    }

    /** Scores by lane and backfill, by article and number of the text. */
    private Map<String, List<VersionScore>> scores(VersionId version) {
        Map<String, List<VersionScore>> scored = new TreeMap<>();
        platform.news
                .scored()
                .forEach(event -> event.scores().stream()
                        .filter(score -> score.version().equals(version))
                        .forEach(score -> scored.computeIfAbsent(
                                        event.articleId() + "/" + event.reading(), key -> new ArrayList<>())
                                .add(score)));
        platform.backfills
                .scores(version)
                .forEach((text, out) -> scored.computeIfAbsent(text, _ -> new ArrayList<>())
                        .add(new VersionScore(version, SCORER, new Probabilities(out.get(0), out.get(1), out.get(2)))));
        return scored;
    }

    private void awaitScored(VersionId version, ArticleId... articles) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scores(version))
                        .containsKeys(Arrays.stream(articles)
                                .map(article -> article + "/0")
                                .toArray(String[]::new)));
    }

    private static void assertScores(ModelBundle bundle, String title, String body, Probabilities scored) {
        try (ArticleTokens tokens = ArticleTokens.of(bundle);
                Scorer scorer = ScorerEngines.open(bundle)) {
            double[] out = new double[Scorer.CLASSES];
            scorer.score(tokens.row(title, body), 1, out);
            assertThat(scored).isEqualTo(new Probabilities(out[0], out[1], out[2]));
        }
    }

    @Test
    void everyLiveVersionScoresEveryArticleOnceAndBackfillsThePast() {
        ArticleId before = platform.news.article("before", START.plusSeconds(3_600), START.plusSeconds(3_600));
        platform.start();
        VersionId first = promoted(1, TestModels.reader(1));
        ArticleId one = article("Bitcoin rises again");
        awaitScored(first, before, one);
        live(); // the second version is trained after the article became known
        VersionId second = promoted(2, TestModels.reader(2));
        awaitScored(second, before, one);
        ArticleId two = article("Miners sell what they hold");

        awaitScored(first, before, one, two);
        awaitScored(second, before, one, two);
        assertThat(scores(first).values())
                .allSatisfy(scored -> assertThat(scored).hasSize(1));
        assertThat(scores(second).values())
                .allSatisfy(scored -> assertThat(scored).hasSize(1));
        assertScores(
                TestModels.reader(2),
                "Miners sell what they hold",
                "",
                scores(second).get(two + "/0").getFirst().probabilities());
        // Versions that score an article together share one event; earlier articles are left to backfills.
        List<ArticleScored> events = platform.news.scored();
        assertThat(events)
                .filteredOn(event -> event.articleId().equals(two))
                .singleElement()
                .satisfies(event -> assertThat(event.scores()).hasSize(2));
        assertThat(events).extracting(ArticleScored::articleId).doesNotContain(before);
        assertThat(platform.backfills.scores(first)).containsOnlyKeys(before + "/0");
        assertThat(platform.backfills.scores(second)).containsOnlyKeys(before + "/0", one + "/0");
        assertThat(events)
                .filteredOn(event -> event.articleId().equals(two))
                .extracting(ArticleScored::origin)
                .containsOnly(PredictionOrigin.LIVE);
    }

    @Test
    void scoresNewTextsAndArticlesThatArrivedWhileStopped() {
        platform.start();
        VersionId version = promoted(1, TestModels.reader(1));
        ArticleId read = article("Bitcoin rises again");
        awaitScored(version, read);
        platform.stop();
        ArticleId missed = article("Miners sell what they hold");
        live();

        platform.start();
        awaitScored(version, read, missed);
        platform.news.body(read, "A body of the week.", now());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(scores(version)).containsKey(read + "/1"));

        assertThat(scores(version))
                .hasSize(3)
                .allSatisfy((text, scored) -> assertThat(scored).hasSize(1));
        assertScores(
                TestModels.reader(1),
                "Bitcoin rises again",
                "A body of the week.",
                scores(version).get(read + "/1").getFirst().probabilities());
    }

    @Test
    void articleLanesDoNotPredictCandles() {
        platform.start();
        VersionId trees = promoted(1, TestModels.bundle(1));
        VersionId reader = promoted(1, TestModels.reader(1));
        ArticleId one = article("Bitcoin rises again");
        awaitScored(reader, one);

        assertThat(platform.lanes()).extracting(LaneStatus::version).contains(trees, reader);
        assertThat(platform.lanes()).extracting(LaneStatus::state).containsOnly(LaneStatus.State.PREDICTING);
    }
}
