package io.hindcast.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.RefusedException;
import io.hindcast.feeds.archive.BadArchiveException;
import io.hindcast.feeds.market.FeedService;
import io.hindcast.feeds.market.FeedStatus;
import io.hindcast.feeds.simulator.ExchangeSimulator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class FeedsConfigurationTest {

    /** What the app offers every wing, with gateways that nobody answers. */
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
            new ApplicationContextRunner().withUserConfiguration(Platform.class, FeedsConfiguration.class);

    @TempDir
    Path folder;

    @Test
    void simulatesAGeneratedMarketWhoseClockIsTheMarkets() {
        runner.withPropertyValues(
                        "hindcast.feeds.mode=simulator", "hindcast.feeds.speed=25", "hindcast.feeds.history-days=7")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    ExchangeSimulator simulator = context.getBean("exchangeSimulator", ExchangeSimulator.class);
                    assertThat(context.getBean("marketClock")).isSameAs(simulator);
                    assertThat(simulator.instant()).isEqualTo(Instant.parse("2024-01-08T00:00:00Z"));
                    assertThat(simulator.speed()).isEqualTo(25);
                    assertThat(simulator.running())
                            .as("held until history is in")
                            .isFalse();
                    assertThat(context.getBean(FeedService.class).isRunning()).isTrue();
                    assertThat(context.getBean(FeedStatus.class).ready()).isFalse();
                });
    }

    @Test
    void beginsWhereItWasTold() {
        runner.withPropertyValues(
                        "hindcast.feeds.mode=simulator",
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
    void saysWhenAnArchiveDoesNotReachThatFar() {
        Path file = SharedData.file("btcusdt-1m-2023-01-01-2023-03-31.csv.gz");
        runner.withPropertyValues(
                        "hindcast.feeds.mode=simulator",
                        "hindcast.feeds.archive=" + file,
                        "hindcast.feeds.history-days=100")
                .run(context -> assertRefused(
                        context.getStartupFailure(),
                        "2023-04-11T00:00:00Z",
                        "BTCUSDT's bars, which go from 2023-01-01T00:00:00Z to 2023-03-31T23:59:00Z"));
    }

    @Test
    void saysWhatIsWrongWithAnArchive() throws Exception {
        Path file = Files.writeString(folder.resolve("BTCUSDT-1m-x.csv"), "hello\n");
        runner.withPropertyValues("hindcast.feeds.mode=simulator", "hindcast.feeds.archive=" + file)
                .run(context -> {
                    assertThat(chain(context.getStartupFailure())).anyMatch(BadArchiveException.class::isInstance);
                    assertRefused(context.getStartupFailure(), "line 1 of kline archive " + file, "11 or 12 columns");
                });
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        runner.withPropertyValues("hindcast.feeds.mode=simulator", "hindcast.feeds.from=yesterday")
                .run(context -> assertRefused(context.getStartupFailure(), "hindcast.feeds.from", "'yesterday'"));
        runner.withPropertyValues("hindcast.feeds.mode=simulator", "hindcast.feeds.speed=0")
                .run(context -> assertRefused(context.getStartupFailure(), "speed", "above 0"));
        runner.withPropertyValues("hindcast.feeds.mode=simulator", "hindcast.feeds.symbols=btc/usdt")
                .run(context -> assertRefused(context.getStartupFailure(), "symbol", "btc/usdt"));
    }

    @Test
    void failsAtOnceAndOffersTheDemoWhenBinanceCannotBeReached() {
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
