package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.LiveCandle;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.FollowModels;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelChange;
import io.hindcast.api.news.ArticleChange;
import io.hindcast.api.news.FollowArticles;
import io.hindcast.api.prediction.FollowPredictions;
import io.hindcast.api.prediction.LivePredictions;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.projections.MarketScript;
import io.hindcast.projections.NewsScript;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveUpdatesTest {

    private static final LocalDate DAY = LocalDate.of(2022, 1, 1);

    private final TestQueries queries = new TestQueries();

    @AfterEach
    void stop() {
        queries.close();
    }

    private <U> List<U> follow(Object query, Class<U> updates) {
        List<U> received = Collections.synchronizedList(new ArrayList<>());
        SubscriptionQueryResult<Symbol, U> result = queries.gateway.subscriptionQuery(query, Symbol.class, updates);
        assertThat(result.initialResult().block()).isNotNull();
        var _ = result.updates().subscribe(received::add);
        return received;
    }

    @Test
    void sendsOnlyUpdatesOfTheSubscribedSymbol() {
        MarketScript bitcoin = new MarketScript("BTCUSDT", 1);
        MarketScript ether = new MarketScript("ETHUSDT", 2);
        List<LiveCandle> candles = follow(new FollowCandles(bitcoin.symbol()), LiveCandle.class);
        List<LivePredictions> predictions = follow(new FollowPredictions(bitcoin.symbol()), LivePredictions.class);
        List<ModelChange> changes = follow(new FollowModels(bitcoin.symbol()), ModelChange.class);

        queries.platform.publish(
                ether.open().candles(DAY, 0, 5, CandleSource.LIVE).take());
        queries.platform.publish(bitcoin.open()
                .candles(DAY, 0, 100, CandleSource.HISTORY)
                .model(1, LabelSpec.DEFAULT, at(DAY, 100))
                .candles(DAY, 100, 101, CandleSource.LIVE)
                .predictions(DAY, 100, 101, List.of(1), PredictionOrigin.LIVE, at(DAY, 101))
                .candles(DAY, 101, 104, CandleSource.REPAIR)
                .take());

        await().untilAsserted(() -> assertThat(candles).hasSize(4));
        assertThat(candles)
                .extracting(candle -> candle.candle().openTime())
                .containsExactly(at(DAY, 100), at(DAY, 101), at(DAY, 102), at(DAY, 103));
        await().untilAsserted(() -> assertThat(predictions).hasSize(1));
        assertThat(predictions.getFirst().predictions().getFirst().version()).isEqualTo(bitcoin.version(1));
        await().untilAsserted(() -> assertThat(changes)
                .extracting(ModelChange::kind)
                .containsExactly("VersionRegistered", "PromotionBegun", "SlotsShifted"));
    }

    @Test
    void sendsArticleChangesOfTheSubscribedSymbolButNoHistory() {
        MarketScript bitcoin = new MarketScript("BTCUSDT", 1);
        MarketScript ether = new MarketScript("ETHUSDT", 2);
        List<ArticleChange> changes = follow(new FollowArticles(bitcoin.symbol()), ArticleChange.class);
        NewsScript news = new NewsScript(bitcoin);
        NewsScript others = new NewsScript(ether);
        others.article("x", "Ether rises", "", at(DAY, 1), at(DAY, 2), Optional.empty());
        news.article("old", "Bitcoin was known", "", at(DAY, 1));
        news.article("new", "Bitcoin rises", "It rose.", at(DAY, 1), at(DAY, 2), Optional.empty())
                .scored("new", 0, 2, 0.5, at(DAY, 2))
                .revised("new", 1, "Bitcoin rises more", "It rose.", at(DAY, 3))
                .measured("new", 0.75, at(DAY, 721));

        queries.platform.publish(ether.take());
        queries.platform.publish(bitcoin.take());
        others.about("x", bitcoin.symbol(), at(DAY, 800));
        queries.platform.publish(ether.take());

        await().untilAsserted(() -> assertThat(changes)
                .extracting(ArticleChange::kind)
                .containsExactly(
                        ArticleChange.Kind.DISCOVERED,
                        ArticleChange.Kind.SCORED,
                        ArticleChange.Kind.REVISED,
                        ArticleChange.Kind.MEASURED,
                        ArticleChange.Kind.EXTENDED));
        assertThat(changes.getFirst().article().orElseThrow().title()).isEqualTo("Bitcoin rises");
        assertThat(changes.get(1).scores()).hasSize(2);
        assertThat(changes.get(2).title()).contains("Bitcoin rises more");
        assertThat(changes.get(3).reaction().orElseThrow().percent()).isEqualTo(0.75);
    }

    @Test
    void sendsCandlesWithoutPolling() {
        MarketScript script = new MarketScript("BTCUSDT", 3);
        Map<Instant, Long> arrived = new ConcurrentHashMap<>();
        SubscriptionQueryResult<Symbol, LiveCandle> result =
                queries.gateway.subscriptionQuery(new FollowCandles(script.symbol()), Symbol.class, LiveCandle.class);
        assertThat(result.initialResult().block()).isNotNull();
        var _ = result.updates().subscribe(candle -> arrived.put(candle.candle().openTime(), System.nanoTime()));
        queries.platform.publish(script.open().take());
        int warmUp = 100;
        int measured = 300;
        long[] nanos = new long[measured];

        for (int minute = 0; minute < warmUp + measured; minute++) {
            script.candles(DAY, minute, minute + 1, CandleSource.LIVE);
            queries.platform.publish(script.take());
            long committed = System.nanoTime();
            Instant openTime = at(DAY, minute);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> arrived.containsKey(openTime));
            if (minute >= warmUp) {
                nanos[minute - warmUp] = Math.max(0, arrived.getOrDefault(openTime, 0L) - committed);
            }
        }

        Arrays.sort(nanos);
        double median = nanos[measured / 2] / 1e6;
        double p99 = nanos[measured * 99 / 100] / 1e6;
        System.out.printf("commit to subscriber: p50 %.2f ms, p99 %.2f ms%n", median, p99);
        // Axon polls every 500 ms, a median of 250 ms; the limit allows for a busy machine.
        assertThat(median).isLessThan(50);
    }
}
