package io.hindcast.feeds;

import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.KlineStream;
import io.hindcast.feeds.market.AxonMarketBus;
import io.hindcast.feeds.market.FeedGround;
import io.hindcast.feeds.market.FeedPlan;
import io.hindcast.feeds.market.FeedService;
import io.hindcast.feeds.market.FeedSettings;
import io.hindcast.feeds.market.FeedStatus;
import io.hindcast.feeds.market.GoLiveHook;
import io.hindcast.feeds.market.MarketBus;
import io.hindcast.feeds.market.OtherHistory;
import io.hindcast.feeds.market.Venue;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The feeds wing: imports history, follows markets at the exchange and repairs gaps. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedsProperties.class)
public class FeedsConfiguration {

    @Bean
    FeedStatus feedStatus(Outages outages, MeterRegistry meters, @Qualifier("marketClock") InstantSource marketClock) {
        return new FeedStatus(outages, meters, marketClock, System::nanoTime);
    }

    @Bean
    BinanceRest binanceRest(
            FeedsProperties properties,
            ObjectProvider<Venue> venue,
            @Qualifier("marketClock") InstantSource marketClock,
            @Qualifier("wallClock") InstantSource wallClock,
            WallTimer waits,
            FeedStatus status) {
        FeedsProperties.Binance binance = properties.binance();
        BinanceRest.Settings settings = new BinanceRest.Settings(
                venue.getIfAvailable(() -> binance(properties)).rest(),
                binance.connectTimeout(),
                binance.answerTimeout(),
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)));
        return new BinanceRest(settings, marketClock, wallClock, waits, RandomGenerator.getDefault(), status);
    }

    @Bean
    MarketBus marketBus(CommandGateway commands, QueryGateway queries) {
        return new AxonMarketBus(commands, queries);
    }

    @Bean
    FeedService feedService(
            FeedsProperties properties,
            ObjectProvider<Venue> venue,
            BinanceRest rest,
            MarketBus bus,
            FeedStatus status,
            SupervisedLoop.Ground loop,
            @Qualifier("wallClock") InstantSource wallClock,
            ObjectProvider<OtherHistory> otherHistory,
            ObjectProvider<ProgressReporter> progress) {
        Venue at = venue.getIfAvailable(() -> binance(properties));
        FeedsProperties.Binance binance = properties.binance();
        KlineStream.Settings stream = new KlineStream.Settings(
                at.streams(),
                binance.connectTimeout(),
                binance.silence(),
                binance.rollover(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)));
        FeedSettings standard = FeedSettings.standard();
        FeedSettings settings = new FeedSettings(
                standard.commandTimeout(),
                standard.commandAttempts(),
                standard.commandBackoff(),
                properties.daysInFlight(),
                standard.queueBound(),
                new FeedSettings.Gaps(
                        standard.gaps().backoff(),
                        properties.gapPatience(),
                        standard.gaps().lookBackDays()),
                new FeedSettings.Checks(
                        properties.recheckEvery(),
                        standard.checks().recheckBars(),
                        standard.checks().stall()),
                standard.outageBackoff());
        return new FeedService(
                at.plan(),
                new FeedGround(
                        settings,
                        rest,
                        bus,
                        loop,
                        wallClock,
                        progress.getIfAvailable(() -> ProgressReporter.NONE),
                        otherHistory.getIfAvailable(() -> OtherHistory.NONE)),
                stream,
                status,
                at.hook());
    }

    /** Binance itself, the venue unless another is configured. */
    private static Venue binance(FeedsProperties properties) {
        FeedsProperties.Binance binance = properties.binance();
        String host = String.valueOf(binance.restUrl().getHost());
        FeedPlan plan = new FeedPlan(
                properties.followed().stream()
                        .map(symbol -> new FeedPlan.Market(symbol, MarketOrigin.EXCHANGE, host))
                        .toList(),
                properties.historyFrom(),
                properties.historyDays(),
                Optional.empty(),
                Map.of());
        return new Venue(binance.restUrl(), binance.wsUrl(), plan, GoLiveHook.NONE);
    }
}
