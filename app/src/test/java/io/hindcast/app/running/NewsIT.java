package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.news.ArticleDiscovered;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleReactionMeasured;
import io.hindcast.api.prediction.Signal;
import io.hindcast.app.HindcastProcess;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * News on a fast simulated market: each article is recorded at its minute and its reaction twelve hours of market time
 * later, exactly once even across a restart.
 */
@Isolated("measures delays in wall time")
class NewsIT {

    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final Duration WINDOW = Duration.ofHours(12);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double SPEED = 120;
    /** A second of wall time in market time. The market's clock does not wait for a busy machine. */
    private static final Duration SECOND = Duration.ofSeconds((long) (60 * SPEED));

    @TempDir
    Path folder;

    @Test
    void recordsGeneratedArticlesAtTheirMinuteAndReactionsTwelveHoursLater() throws Exception {
        play(Map.of());
    }

    @Test
    void recordsArchivedArticlesAtTheirMinuteAndReactionsTwelveHoursLater() throws Exception {
        Path candles = DATA.resolve("btcusdt-1m-2022-01-01-2022-12-31.csv.gz");
        Path news = DATA.resolve("news-cointelegraph-cryptonews-cryptopotato-2021-10-2022-07.jsonl.gz");
        assumeTrue(
                Files.exists(candles) && Files.exists(news), () -> "the recorded candles and news are not in " + DATA);
        play(Map.of(
                "hindcast.simulator.archive",
                candles.toAbsolutePath().normalize().toString(),
                "hindcast.news.archive",
                news.toAbsolutePath().normalize().toString(),
                "hindcast.feeds.from",
                "2022-03-01"));
    }

    private void play(Map<String, String> market) throws Exception {
        Instant stoppedAt;
        try (HindcastProcess process = start(market)) {
            ExchangeSimulator exchange = process.context().getBean(ExchangeSimulator.class);
            Instant live = exchange.instant();
            await("four hours of market time pass")
                    .atMost(PATIENCE)
                    .until(() -> exchange.instant().isAfter(live.plus(Duration.ofHours(4))));
            stoppedAt = exchange.instant();
        }
        try (HindcastProcess process = start(market)) {
            ExchangeSimulator exchange = process.context().getBean(ExchangeSimulator.class);
            await("the reaction window of articles before the stop has passed")
                    .atMost(PATIENCE)
                    .until(() ->
                            exchange.instant().isAfter(stoppedAt.plus(WINDOW).plus(Duration.ofMinutes(30))));
            exchange.hold();
            try (GraphQlClient api = new GraphQlClient(process.port())) {
                Instant to = stoppedAt.minus(Duration.ofMinutes(10));
                await("reactions are in the read models").atMost(PATIENCE).untilAsserted(() -> {
                    JsonNode articles = api.query(
                                    "{ articles(symbol: \"BTCUSDT\", to: \"" + to
                                            + "\", repetitions: true, first: 10) { edges { node { title reactions { percent } } } } }")
                            .at("/articles/edges");
                    assertThat(articles).isNotEmpty();
                    articles.forEach(
                            article -> assertThat(article.at("/node/reactions")).hasSize(1));
                });
                assertThat(api.query(
                                        "{ articles(text: \"bitcoin or BTC\", first: 3) { edges { node { snippet { match } } } } }")
                                .at("/articles/edges"))
                        .hasSize(3);
            }
        }
        try (StoredLog log = new StoredLog(folder)) {
            assertEachArticleOnceAtItsMinute(log);
            assertEachReactionOnceAndRight(log);
        }
    }

    private HindcastProcess start(Map<String, String> market) {
        Map<String, String> properties = new HashMap<>(market);
        properties.put("hindcast.sagas.families", "LIGHTGBM");
        properties.put("hindcast.training.lightgbm.rounds", "5");
        return InProcessDemo.start(folder, 2, SPEED, properties);
    }

    private static void assertEachArticleOnceAtItsMinute(StoredLog log) throws Exception {
        List<ArticleDiscovered> articles = log.events(ArticleDiscovered.class);
        assertThat(articles).extracting(ArticleDiscovered::articleId).doesNotHaveDuplicates();
        // A tape is played in order of publication, so no article before the last one is missing.
        assertThat(articles).extracting(article -> article.published().at()).isSorted();
        Instant liveFrom = articles.stream()
                .filter(article -> article.origin() == ArticleOrigin.LIVE)
                .map(article -> article.published().at())
                .findFirst()
                .orElseThrow();
        assertThat(articles)
                .filteredOn(article -> article.origin() == ArticleOrigin.HISTORY)
                .isNotEmpty();
        List<Duration> late = articles.stream()
                .filter(article -> !article.published().at().isBefore(liveFrom))
                .map(article -> Duration.between(article.published().at(), article.firstSeenAt()))
                .sorted()
                .toList();
        assertThat(late.getFirst()).isGreaterThanOrEqualTo(Duration.ZERO);
        assertThat(late.get(late.size() / 2)).isLessThan(SECOND);
        assertThat(late.getLast()).isLessThan(SECOND.multipliedBy(6));
        assertThat(articles)
                .filteredOn(article -> article.published().at().isBefore(liveFrom))
                .allSatisfy(article -> assertThat(article.firstSeenAt())
                        .isEqualTo(article.published().at()));
    }

    /** Compares with a plain computation over the recorded bars. */
    private static void assertEachReactionOnceAndRight(StoredLog log) throws Exception {
        TreeMap<Instant, Double> closes = new TreeMap<>();
        for (CandlesRecorded event : log.events(CandlesRecorded.class)) {
            for (Candle bar : event.candles().toList(event.day())) {
                closes.put(bar.openTime().plusSeconds(60), bar.close().doubleValue());
            }
        }
        Map<ArticleId, Instant> published = new HashMap<>();
        log.events(ArticleDiscovered.class)
                .forEach(article ->
                        published.put(article.articleId(), article.published().at()));
        List<ArticleReactionMeasured> reactions = log.events(ArticleReactionMeasured.class);
        assertThat(reactions).extracting(ArticleReactionMeasured::articleId).doesNotHaveDuplicates();
        Instant lastClose = closes.lastKey();
        List<ArticleId> due = new ArrayList<>();
        published.forEach((id, at) -> {
            if (closes.floorKey(at) != null && at.plus(WINDOW).isBefore(lastClose.minus(Duration.ofHours(1)))) {
                due.add(id);
            }
        });
        assertThat(reactions).extracting(ArticleReactionMeasured::articleId).containsAll(due);
        for (ArticleReactionMeasured reaction : reactions) {
            Instant at = published.get(reaction.articleId());
            double base = closes.floorEntry(at).getValue();
            var window = closes.subMap(at, false, at.plus(WINDOW), true).values();
            double mean = window.stream().mapToDouble(x -> x).average().orElseThrow();
            double percent = 100 * (mean - base) / base;
            assertThat(reaction.bars()).isEqualTo(window.size());
            assertThat(reaction.percent()).isCloseTo(percent, within(1e-9));
            assertThat(reaction.signal())
                    .isEqualTo(percent > 0.5 ? Signal.BUY : percent < -0.5 ? Signal.SELL : Signal.HOLD);
            assertThat(reaction.measuredAt()).isAfterOrEqualTo(at.plus(WINDOW));
        }
    }
}
