package io.hindcast.app.market;

import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.FeedsProperties;
import io.hindcast.feeds.market.FeedPlan;
import io.hindcast.feeds.market.FeedStatus;
import io.hindcast.feeds.market.PastCandleSource;
import io.hindcast.feeds.market.Venue;
import io.hindcast.news.NewsPlan;
import io.hindcast.news.archive.NewsTape;
import io.hindcast.simulator.archive.ArchiveTape;
import io.hindcast.simulator.exchange.ExchangeSimulator;
import io.hindcast.simulator.synthetic.SyntheticNews;
import io.hindcast.simulator.synthetic.SyntheticTape;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The simulated exchange, if enabled: it is the feeds' venue and the market's clock. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("hindcast.simulator.enabled")
@EnableConfigurationProperties({SimulatorProperties.class, FeedsProperties.class})
public class SimulatorConfiguration {

    @Bean
    SimulatedMarket simulatedMarket(SimulatorProperties simulator, FeedsProperties feeds) {
        return SimulatedMarket.of(simulator, feeds);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    ExchangeSimulator exchangeSimulator(
            SimulatedMarket market, SimulatorProperties properties, @Qualifier("wallClock") InstantSource wallClock) {
        return new ExchangeSimulator(
                market.tapes(),
                market.liveFrom(),
                properties.speed(),
                properties.port(),
                properties.streamPort(),
                wallClock);
    }

    /** The simulated exchange as the venue of the feeds. */
    @Bean
    Venue venue(
            SimulatedMarket market,
            SimulatorProperties properties,
            FeedsProperties feeds,
            @Qualifier("exchangeSimulator") ExchangeSimulator simulator) {
        Map<Symbol, PastCandleSource> direct = properties.importDirectly()
                ? market.tapes().stream().collect(Collectors.toMap(tape -> tape.symbol(), TapeCandleSupply::new))
                : Map.of();
        FeedPlan plan = new FeedPlan(
                market.tapes().stream()
                        .map(tape -> new FeedPlan.Market(tape.symbol(), tape.origin(), tape.description()))
                        .toList(),
                Optional.of(market.from()),
                feeds.historyDays(),
                Optional.of(market.liveFrom()),
                direct);
        return new Venue(
                simulator.restUrl(),
                simulator.streamUrl(),
                plan,
                new SimulatorGoLiveHook(simulator, market.liveFrom()));
    }

    /** News plan that plays the simulated market's articles on its clock. */
    @Bean
    NewsPlan newsPlan(
            SimulatedMarket market,
            SimulatorProperties properties,
            @Qualifier("exchangeSimulator") ExchangeSimulator simulator) {
        List<NewsTape> generated = market.tapes().stream()
                .filter(SyntheticTape.class::isInstance)
                .map(tape ->
                        (NewsTape) new GeneratedNewsTape(new SyntheticNews((SyntheticTape) tape, properties.seed())))
                .toList();
        return new NewsPlan(
                market.symbols(),
                Optional.of(new NewsPlan.Playback(simulator, market.from(), market.liveFrom(), generated)));
    }

    /**
     * Reports the archives' unusable rows and their end to the feeds' status, and sets how long a simulated market may
     * be quiet.
     */
    @Bean
    SmartInitializingSingleton simulatorReport(
            @Qualifier("exchangeSimulator") ExchangeSimulator simulator, FeedStatus status) {
        return () -> {
            status.longestQuiet(Duration.ofMillis((long) Math.max(20_000, 4_000 / simulator.speed())));
            simulator.onFinished(status::finished);
            simulator.tapes().forEach(tape -> {
                if (tape instanceof ArchiveTape archive) {
                    status.leftOut(archive.symbol(), "archive of " + archive.symbol(), archive.unusable());
                }
            });
        };
    }
}
