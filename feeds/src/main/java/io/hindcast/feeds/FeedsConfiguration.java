package io.hindcast.feeds;

import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.market.AxonMarketBus;
import io.hindcast.feeds.market.FeedContext;
import io.hindcast.feeds.market.FeedPlan;
import io.hindcast.feeds.market.FeedService;
import io.hindcast.feeds.market.FeedStatus;
import io.hindcast.feeds.market.GoLiveHook;
import io.hindcast.feeds.market.GoLivePrerequisite;
import io.hindcast.feeds.market.MarketBus;
import io.hindcast.feeds.market.Venue;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.MeterRegistry;
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

/** The market feed: imports history, follows markets at the exchange and repairs gaps. */
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
        Venue at = venue.getIfAvailable(() -> binance(properties));
        return new BinanceRest(
                properties.restSettings(at.rest()),
                marketClock,
                wallClock,
                waits,
                RandomGenerator.getDefault(),
                status);
    }

    @Bean
    MarketBus marketBus(CommandGateway commands, QueryGateway queries) {
        return new AxonMarketBus(commands, queries);
    }

    @Bean
    FeedContext feedContext(
            FeedsProperties properties,
            BinanceRest rest,
            MarketBus bus,
            SupervisedLoop.Context loop,
            @Qualifier("wallClock") InstantSource wallClock,
            ObjectProvider<GoLivePrerequisite> prerequisite,
            ObjectProvider<ProgressReporter> progress) {
        return new FeedContext(
                properties.feedSettings(),
                rest,
                bus,
                loop,
                wallClock,
                progress.getIfAvailable(() -> ProgressReporter.NONE),
                prerequisite.getIfAvailable(() -> GoLivePrerequisite.NONE));
    }

    @Bean
    FeedService feedService(
            FeedsProperties properties, ObjectProvider<Venue> venue, FeedContext context, FeedStatus status) {
        Venue at = venue.getIfAvailable(() -> binance(properties));
        return new FeedService(at.plan(), context, properties.streamSettings(at.streams()), status, at.hook());
    }

    /** Returns Binance itself, the venue unless another is configured. */
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
