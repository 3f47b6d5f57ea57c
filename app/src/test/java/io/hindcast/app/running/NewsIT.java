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
import io.hindcast.app.local.DataFolder;
import io.hindcast.console.Console;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * News beside a market that goes by at many candles a second: each article comes at its minute, its reaction twelve
 * hours of the market's later, and a stop in between loses and doubles none.
 */
class NewsIT {

    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final Duration WINDOW = Duration.ofHours(12);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double SPEED = 60;
    /** A second of wall time on the market's clock, which does not wait for a busy machine. */
    private static final Duration SECOND = Duration.ofSeconds((long) (60 * SPEED));

    @TempDir
    Path folder;

    @Test
    void generatedArticlesComeAtTheirMinuteAndTheirReactionsTwelveHoursLater() throws Exception {
        Map<String, String> market = new LinkedHashMap<>();
        market.put("hindcast.simulator.seed", "5");
        play(market);
    }

    @Test
    void recordedArticlesComeAtTheirMinuteAndTheirReactionsTwelveHoursLater() throws Exception {
        Path candles = DATA.resolve("btcusdt-1m-2022-01-01-2022-12-31.csv.gz");
        Path news = DATA.resolve("news-cointelegraph-cryptonews-cryptopotato-2021-10-2022-07.jsonl.gz");
        assumeTrue(
                Files.exists(candles) && Files.exists(news), () -> "the recorded candles and news are not in " + DATA);
        Map<String, String> market = new LinkedHashMap<>();
        market.put(
                "hindcast.simulator.archive",
                candles.toAbsolutePath().normalize().toString());
        market.put("hindcast.news.archive", news.toAbsolutePath().normalize().toString());
        market.put("hindcast.feeds.from", "2022-03-01");
        play(market);
    }

    private void play(Map<String, String> market) throws Exception {
        Instant stoppedAt;
        try (HindcastProcess process = start(market)) {
            ExchangeSimulator exchange = process.context().getBean(ExchangeSimulator.class);
            Instant live = exchange.instant();
            await("four hours of the market go by")
                    .atMost(PATIENCE)
                    .until(() -> exchange.instant().isAfter(live.plus(Duration.ofHours(4))));
            stoppedAt = exchange.instant();
        }
        try (HindcastProcess process = start(market)) {
            ExchangeSimulator exchange = process.context().getBean(ExchangeSimulator.class);
            await("the window of what was published before the stop is over")
                    .atMost(PATIENCE)
                    .until(() ->
                            exchange.instant().isAfter(stoppedAt.plus(WINDOW).plus(Duration.ofMinutes(30))));
            exchange.hold();
            try (GraphQl api = new GraphQl(process.port())) {
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
        System.setProperty("axoniq.update-checker.disabled", "true");
        Map<String, String> properties = new LinkedHashMap<>(market);
        properties.put("server.port", "0");
        properties.put("hindcast.simulator.enabled", "true");
        properties.put("hindcast.feeds.symbols", "BTCUSDT");
        properties.put("hindcast.feeds.history-days", "2");
        properties.put("hindcast.sagas.history-days", "2");
        properties.put("hindcast.sagas.families", "LIGHTGBM");
        properties.put("hindcast.training.lightgbm.rounds", "5");
        properties.put("hindcast.simulator.speed", Double.toString(SPEED));
        return HindcastProcess.start(
                DataFolder.open(folder),
                properties,
                new Console(new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8), false),
                false);
    }

    private static void assertEachArticleOnceAtItsMinute(StoredLog log) throws Exception {
        List<ArticleDiscovered> articles = log.events(ArticleDiscovered.class);
        assertThat(articles).extracting(ArticleDiscovered::articleId).doesNotHaveDuplicates();
        // Those of a tape come in order of publication: nothing was left out before what came last.
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

    /** Against the plainest computation over the recorded bars. */
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
