package io.hindcast.app.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.RefusedException;
import io.hindcast.feeds.market.FeedService;
import io.hindcast.feeds.market.FeedStatus;
import io.hindcast.news.NewsPlan;
import io.hindcast.news.NewsService;
import io.hindcast.news.archive.NewsTape;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SharedData;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.hindcast.simulator.archive.BadArchiveException;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class MarketWiringTest {

    /** The platform's beans, with gateways that never answer. */
    @Configuration(proxyBeanMethods = false)
    static class Platform {
        @Bean
        InstantSource wallClock() {
            return InstantSource.system();
        }

        @Bean
        InstantSource marketClock(ObjectProvider<ExchangeSimulator> simulator) {
            ExchangeSimulator found = simulator.getIfAvailable();
            return found == null ? InstantSource.system() : found;
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        WallTimer timer() {
            return WallTimer.system();
        }

        @Bean
        Outages outages() {
            return new Outages(InstantSource.system());
        }

        @Bean
        SupervisedLoop.Context loopContext(WallTimer timer, Outages outages, MeterRegistry meters) {
            return new SupervisedLoop.Context(
                    new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)), timer, new Random(1), outages, meters);
        }

        @Bean
        CommandGateway commands() {
            return unanswered(CommandGateway.class);
        }

        @Bean
        QueryGateway queries() {
            return unanswered(QueryGateway.class);
        }

        private static <T> T unanswered(Class<T> gateway) {
            return gateway.cast(Proxy.newProxyInstance(
                    gateway.getClassLoader(),
                    new Class<?>[] {gateway},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "hashCode" -> 1;
                        case "equals" -> false;
                        case "toString" -> "unanswered";
                        default -> new java.util.concurrent.CompletableFuture<>();
                    }));
        }
    }

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Platform.class, MarketConfiguration.class);

    @TempDir
    Path folder;

    @Test
    void simulatesAGeneratedMarketAndProvidesItsClock() {
        runner.withPropertyValues(
                        "hindcast.simulator.enabled=true",
                        "hindcast.simulator.speed=25",
                        "hindcast.feeds.history-days=7")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    ExchangeSimulator simulator = context.getBean("exchangeSimulator", ExchangeSimulator.class);
                    assertThat(context.getBean("marketClock")).isSameAs(simulator);
                    assertThat(simulator.instant()).isEqualTo(Instant.parse("2024-01-08T00:00:00Z"));
                    assertThat(simulator.speed()).isEqualTo(25);
                    assertThat(simulator.running())
                            .as("held until the history is imported")
                            .isFalse();
                    assertThat(context.getBean(FeedService.class).isRunning()).isTrue();
                    assertThat(context.getBean(FeedStatus.class).ready()).isFalse();
                });
    }

    @Test
    void beginsAtTheConfiguredDay() {
        runner.withPropertyValues(
                        "hindcast.simulator.enabled=true",
                        "hindcast.feeds.from=2024-03-01",
                        "hindcast.feeds.history-days=2",
                        "hindcast.feeds.symbols=BTCUSDT,ETHUSDT")
                .run(context -> {
                    ExchangeSimulator simulator = context.getBean("exchangeSimulator", ExchangeSimulator.class);
                    assertThat(simulator.instant()).isEqualTo(Instant.parse("2024-03-03T00:00:00Z"));
                    assertThat(simulator.tapes()).hasSize(2);
                });
    }

    @Test
    void refusesAnArchiveThatEndsTooEarly() {
        Path file = SharedData.file("btcusdt-1m-2023-01-01-2023-03-31.csv.gz");
        runner.withPropertyValues(
                        "hindcast.simulator.enabled=true",
                        "hindcast.simulator.archive=" + file,
                        "hindcast.feeds.history-days=100")
                .run(context -> assertRefused(
                        context.getStartupFailure(),
                        "2023-04-11T00:00:00Z",
                        "BTCUSDT's bars, which go from 2023-01-01T00:00:00Z to 2023-03-31T23:59:00Z"));
    }

    @Test
    void namesTheErrorInAnArchive() throws Exception {
        Path file = Files.writeString(folder.resolve("BTCUSDT-1m-x.csv"), "hello\n");
        runner.withPropertyValues("hindcast.simulator.enabled=true", "hindcast.simulator.archive=" + file)
                .run(context -> {
                    assertThat(chain(context.getStartupFailure())).anyMatch(BadArchiveException.class::isInstance);
                    assertRefused(context.getStartupFailure(), "line 1 of kline archive " + file, "11 or 12 columns");
                });
    }

    @Test
    void onlyGeneratedMarketsHaveGeneratedArticles() {
        runner.withPropertyValues("hindcast.simulator.enabled=true", "hindcast.feeds.symbols=BTCUSDT,ETHUSDT")
                .run(context -> {
                    assertThat(context.getBean(NewsService.class).isRunning()).isTrue();
                    assertThat(generated(context.getBean(NewsPlan.class)))
                            .containsExactly("synthetic:btcusdt:1:1", "synthetic:ethusdt:1:1");
                });
        runner.withPropertyValues(
                        "hindcast.simulator.enabled=true",
                        "hindcast.feeds.history-days=0",
                        "hindcast.simulator.archive=" + klines())
                .run(context ->
                        assertThat(generated(context.getBean(NewsPlan.class))).isEmpty());
    }

    private static List<String> generated(NewsPlan plan) {
        return plan.playback().orElseThrow().generated().stream()
                .map(NewsTape::channel)
                .toList();
    }

    private Path klines() {
        try {
            return Files.writeString(
                    folder.resolve("BTCUSDT-1m-x.csv"),
                    "1640995200000,46216.93,46271.08,46208.37,46250.00,40.57574,1640995259999,1876137.9,1127,23.4,1080000.1,0\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void namesTheErrorInAnArchiveOfArticlesBeforeAnythingStarts() throws Exception {
        Path articles = Files.writeString(folder.resolve("news.jsonl"), "{\"title\":\"Bitcoin rises\"}\n");
        runner.withPropertyValues(
                        "hindcast.simulator.enabled=true",
                        "hindcast.feeds.history-days=0",
                        "hindcast.simulator.archive=" + klines(),
                        "hindcast.news.archive=" + articles)
                .run(context -> assertRefused(
                        context.getStartupFailure(), "line 1 of news archive " + articles, "timestamp ''"));
        runner.withPropertyValues("hindcast.news.archive=" + articles)
                .run(context -> assertRefused(context.getStartupFailure(), "hindcast.news.archive", "not simulated"));
    }

    @Test
    void refusesInvalidSettings() {
        runner.withPropertyValues("hindcast.simulator.enabled=true", "hindcast.feeds.from=yesterday")
                .run(context -> assertRefused(context.getStartupFailure(), "hindcast.feeds.from", "'yesterday'"));
        runner.withPropertyValues("hindcast.simulator.enabled=true", "hindcast.simulator.speed=0")
                .run(context -> assertRefused(context.getStartupFailure(), "hindcast.simulator.speed", "above 0"));
        runner.withPropertyValues("hindcast.simulator.enabled=true", "hindcast.feeds.symbols=btc/usdt")
                .run(context -> assertRefused(context.getStartupFailure(), "symbol", "btc/usdt"));
    }

    @Test
    void failsImmediatelyIfBinanceCannotBeReached() {
        runner.withPropertyValues(
                        "hindcast.feeds.binance.rest-url=http://127.0.0.1:9",
                        "hindcast.feeds.binance.ws-url=ws://127.0.0.1:9")
                .run(context -> assertThat(chain(context.getStartupFailure()))
                        .anyMatch(failure -> String.valueOf(failure.getMessage())
                                .startsWith("Cannot reach Binance at http://127.0.0.1:9")));
    }

    private static void assertRefused(@org.jspecify.annotations.Nullable Throwable failure, String... parts) {
        io.hindcast.api.Refusal refusal = RefusedException.in(failure);
        assertThat(refusal).as(String.valueOf(failure)).isNotNull();
        if (refusal != null) {
            assertThat(refusal.message()).contains(parts);
        }
    }

    private static List<Throwable> chain(@org.jspecify.annotations.Nullable Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            chain.add(at);
        }
        return chain;
    }
}
