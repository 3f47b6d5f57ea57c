package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.ScoreTookEffect;
import io.hindcast.api.prediction.BackfillScoresRecorded;
import io.hindcast.app.cli.GeneratedArchive;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The packaged program plays recorded articles and candles and is killed by {@code kill -9} while articles are
 * imported, while a TRL version is trained, and while it scores articles. In the end each article is recorded once,
 * scored once by each version, takes effect once, and is measured once.
 */
@Isolated("measures delays in wall time")
class NewsKillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration WINDOW = Duration.ofHours(12);
    private static final Duration APART = Duration.ofMinutes(20);
    private static final int DAYS = 13;
    private static final int SPEED = 120;
    /** A second of wall time in market time. */
    private static final Duration SECOND = Duration.ofMinutes(SPEED);

    @TempDir
    Path folder;

    private Path candles = Path.of("");
    private Path news = Path.of("");

    @Test
    void killsNeitherLoseNorDuplicateAnything() throws Exception {
        candles = GeneratedArchive.write(folder, DAYS);
        news = GeneratedArchive.writeNews(folder, DAYS);
        Random random = new Random(20220101);
        for (String moment : List.of("Importing", "Training trl")) {
            try (RealProcess hindcast = start()) {
                hindcast.awaitLine(PATIENCE, moment);
                hindcast.letRun(Duration.ofMillis(random.nextInt(1_500)));
                hindcast.kill();
            }
        }
        try (RealProcess hindcast = start()) {
            hindcast.awaitLine(PATIENCE, "is live");
            try (GraphQlClient api = new GraphQlClient(hindcast.port())) {
                awaitScoredArticlesAfter(api, api.lastBar("TESTUSDT"));
            }
            hindcast.letRun(Duration.ofMillis(random.nextInt(1_500)));
            hindcast.kill();
        }
        Instant killed;
        try (RealProcess hindcast = start()) {
            hindcast.awaitLine(PATIENCE, "is live");
            try (GraphQlClient api = new GraphQlClient(hindcast.port())) {
                killed = api.lastBar("TESTUSDT");
                await("the reaction window of articles before the last kill has passed")
                        .atMost(PATIENCE)
                        .until(() -> api.lastBar("TESTUSDT")
                                .isAfter(killed.plus(WINDOW).plus(Duration.ofHours(1))));
                await("articles before the last kill are scored")
                        .atMost(PATIENCE)
                        .until(() -> unscoredBefore(api, killed) == 0);
            }
            hindcast.stop(Duration.ofSeconds(30));
        }
        try (StoredLog log = new StoredLog(folder.resolve("data"))) {
            List<ArticleDiscovered> articles = log.events(ArticleDiscovered.class);
            assertEachRecordedOnceInOrderAtItsMinute(articles);
            assertEachMeasuredOnce(log, articles, killed);
            assertEachScoredOnceByEachVersion(log, articles, killed);
            assertThat(log.events(ScoreTookEffect.class))
                    .isNotEmpty()
                    .extracting(counted -> counted.articleId() + "/" + counted.reading())
                    .doesNotHaveDuplicates();
        }
    }

    private RealProcess start() {
        return RealProcess.start(
                "demo",
                "--archive",
                candles.toString(),
                "--news",
                news.toString(),
                "--data-dir",
                folder.resolve("data").toString(),
                "--port",
                "0",
                "--history-days",
                "8",
                "--speed",
                Integer.toString(SPEED),
                "--set",
                "hindcast.sagas.families=LIGHTGBM,TRL",
                "--set",
                "hindcast.training.lightgbm.rounds=5",
                "--set",
                "hindcast.training.trl.epochs=1");
    }

    private static void awaitScoredArticlesAfter(GraphQlClient api, Instant time) {
        await("new articles are scored").atMost(PATIENCE).until(() -> {
            JsonNode found = api.query("{ articles(symbol: \"TESTUSDT\", from: \"" + time
                            + "\", repetitions: true, first: 50) { edges { node { scores { version } } } } }")
                    .at("/articles/edges");
            for (JsonNode article : found) {
                if (!article.at("/node/scores").isEmpty()) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Counts articles since the market went live that no version has scored. */
    private static long unscoredBefore(GraphQlClient api, Instant time) {
        String from = api.query("{ market(symbol: \"TESTUSDT\") { liveFrom } }")
                .at("/market/liveFrom")
                .asText();
        long unscored = 0;
        String after = "null";
        while (true) {
            JsonNode page = api.query("{ articles(symbol: \"TESTUSDT\", from: \"" + from + "\", to: \"" + time
                            + "\", repetitions: true, first: 100, after: " + after
                            + ") { edges { node { scores { version } } } pageInfo { hasNextPage endCursor } } }")
                    .get("articles");
            for (JsonNode article : page.get("edges")) {
                unscored += article.at("/node/scores").isEmpty() ? 1 : 0;
            }
            if (!page.at("/pageInfo/hasNextPage").asBoolean()) {
                return unscored;
            }
            after = page.at("/pageInfo/endCursor").toString();
        }
    }

    private static void assertEachRecordedOnceInOrderAtItsMinute(List<ArticleDiscovered> articles) {
        List<Instant> tape = new ArrayList<>();
        Instant first = articles.getFirst().published().at();
        for (int i = 0; i < articles.size(); i++) {
            tape.add(first.plus(APART.multipliedBy(i)));
        }
        assertThat(first)
                .isEqualTo(GeneratedArchive.FIRST
                        .atStartOfDay(ZoneOffset.UTC)
                        .plusMinutes(7)
                        .toInstant());
        assertThat(articles).extracting(article -> article.published().at()).containsExactlyElementsOf(tape);
        assertThat(articles).extracting(ArticleDiscovered::articleId).doesNotHaveDuplicates();
        List<Duration> late = articles.stream()
                .filter(article -> article.origin() == ArticleOrigin.LIVE)
                .map(article -> Duration.between(article.published().at(), article.firstSeenAt()))
                .sorted()
                .toList();
        assertThat(late).hasSizeGreaterThan(36);
        assertThat(late.getFirst()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(late.get(late.size() / 2)).isLessThan(SECOND);
    }

    private static void assertEachMeasuredOnce(StoredLog log, List<ArticleDiscovered> articles, Instant killed)
            throws Exception {
        List<ArticleReactionMeasured> reactions = log.events(ArticleReactionMeasured.class);
        assertThat(reactions).extracting(ArticleReactionMeasured::articleId).doesNotHaveDuplicates();
        assertThat(reactions)
                .extracting(ArticleReactionMeasured::articleId)
                .containsAll(articles.stream()
                        .filter(article -> article.published().at().isBefore(killed))
                        .map(ArticleDiscovered::articleId)
                        .toList());
    }

    private static void assertEachScoredOnceByEachVersion(
            StoredLog log, List<ArticleDiscovered> articles, Instant killed) throws Exception {
        record Reading(ArticleId article, int reading, Object version) {}
        List<Reading> readings = Stream.concat(
                        log.events(ArticleScored.class).stream()
                                .flatMap(event -> event.scores().stream()
                                        .map(score ->
                                                new Reading(event.articleId(), event.reading(), score.version()))),
                        log.events(BackfillScoresRecorded.class).stream()
                                .flatMap(event -> IntStream.range(0, event.rows())
                                        .mapToObj(row -> new Reading(
                                                event.scores().article().get(row),
                                                event.scores().reading().get(row),
                                                event.backfillDay().version()))))
                .toList();
        assertThat(readings).doesNotHaveDuplicates();
        assertThat(readings).allMatch(reading -> reading.reading() == 0);
        assertThat(log.events(LaneJoined.class))
                .extracting(join -> join.version().toString())
                .contains("trl:TESTUSDT:1");
        // Includes articles from before the version joined and from downtimes, which are backfilled.
        assertThat(readings)
                .filteredOn(reading -> reading.version().toString().equals("trl:TESTUSDT:1"))
                .extracting(Reading::article)
                .containsAll(articles.stream()
                        .filter(article -> article.origin() == ArticleOrigin.LIVE)
                        .filter(article -> article.published().at().isBefore(killed))
                        .map(ArticleDiscovered::articleId)
                        .toList());
    }
}
