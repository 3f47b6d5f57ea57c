package io.hindcast.feeds;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.feeds.archive.ArchiveTape;
import io.hindcast.feeds.binance.BinanceRest;
import io.hindcast.feeds.binance.KlineStream;
import io.hindcast.feeds.market.AxonMarketBus;
import io.hindcast.feeds.market.CandleSupply;
import io.hindcast.feeds.market.FeedGround;
import io.hindcast.feeds.market.FeedPlan;
import io.hindcast.feeds.market.FeedService;
import io.hindcast.feeds.market.FeedSettings;
import io.hindcast.feeds.market.FeedStatus;
import io.hindcast.feeds.market.MarketBus;
import io.hindcast.feeds.news.NewsService;
import io.hindcast.feeds.simulator.ExchangeSimulator;
import io.hindcast.feeds.synthetic.SyntheticTape;
import io.hindcast.feeds.tape.Tape;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.Waits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The feeds wing: follows markets at the exchange, or at a simulated one whose clock is then the market's. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedsProperties.class)
@Import(NewsConfiguration.class)
public class FeedsConfiguration {

    /** The simulated exchange, if the settings want one. It is the market's clock. */
    @Bean(initMethod = "start", destroyMethod = "close")
    @Conditional(Simulated.class)
    ExchangeSimulator exchangeSimulator(FeedsProperties properties, @Qualifier("wallClock") InstantSource wallClock) {
        List<Tape> tapes = tapes(properties);
        return new ExchangeSimulator(
                tapes,
                liveFrom(properties, tapes),
                properties.speed(),
                properties.simulatorPort(),
                properties.simulatorStreamPort(),
                wallClock);
    }

    @Bean
    FeedStatus feedStatus(
            Outages outages,
            MeterRegistry meters,
            @Qualifier("marketClock") InstantSource marketClock,
            @Qualifier("exchangeSimulator") ObjectProvider<ExchangeSimulator> simulator) {
        FeedStatus status = new FeedStatus(outages, meters, marketClock, System::nanoTime);
        simulator.ifAvailable(simulated -> simulated.tapes().forEach(tape -> {
            if (tape instanceof ArchiveTape archive) {
                status.leftOut(archive.symbol(), "archive of " + archive.symbol(), archive.unusable());
            }
        }));
        return status;
    }

    @Bean
    BinanceRest binanceRest(
            FeedsProperties properties,
            @Qualifier("exchangeSimulator") ObjectProvider<ExchangeSimulator> simulator,
            @Qualifier("marketClock") InstantSource marketClock,
            @Qualifier("wallClock") InstantSource wallClock,
            Waits waits,
            FeedStatus status) {
        ExchangeSimulator simulated = simulator.getIfAvailable();
        FeedsProperties.Binance binance = properties.binance();
        BinanceRest.Settings settings = new BinanceRest.Settings(
                simulated == null ? binance.restUrl() : simulated.restUrl(),
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
            @Qualifier("exchangeSimulator") ObjectProvider<ExchangeSimulator> simulator,
            BinanceRest rest,
            MarketBus bus,
            FeedStatus status,
            SupervisedLoop.Ground loop,
            @Qualifier("wallClock") InstantSource wallClock,
            NewsService news,
            ObjectProvider<ProgressReporter> progress) {
        ExchangeSimulator simulated = simulator.getIfAvailable();
        FeedsProperties.Binance binance = properties.binance();
        KlineStream.Settings stream = new KlineStream.Settings(
                simulated == null ? binance.wsUrl() : simulated.streamUrl(),
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
                simulated == null ? plan(properties) : plan(properties, simulated),
                new FeedGround(
                        settings,
                        rest,
                        bus,
                        loop,
                        wallClock,
                        progress.getIfAvailable(() -> ProgressReporter.NONE),
                        news),
                stream,
                status,
                simulated);
    }

    private static FeedPlan plan(FeedsProperties properties) {
        List<Symbol> symbols = followed(properties);
        String host = properties.binance().restUrl().getHost();
        return new FeedPlan(
                symbols.stream()
                        .map(symbol -> new FeedPlan.Market(symbol, MarketOrigin.EXCHANGE, String.valueOf(host)))
                        .toList(),
                properties.historyFrom(),
                properties.historyDays(),
                Optional.empty(),
                Map.of());
    }

    /** What is followed at the exchange itself. */
    static List<Symbol> followed(FeedsProperties properties) {
        return properties.named().isEmpty() ? List.of(new Symbol("BTCUSDT")) : properties.named();
    }

    private static FeedPlan plan(FeedsProperties properties, ExchangeSimulator simulator) {
        List<Tape> tapes = simulator.tapes();
        Map<Symbol, CandleSupply> direct = new LinkedHashMap<>();
        if (properties.importDirectly()) {
            tapes.forEach(tape -> direct.put(tape.symbol(), CandleSupply.of(tape)));
        }
        return new FeedPlan(
                tapes.stream()
                        .map(tape -> new FeedPlan.Market(tape.symbol(), tape.origin(), tape.description()))
                        .toList(),
                Optional.of(from(properties, tapes)),
                properties.historyDays(),
                Optional.of(liveFrom(properties, tapes)),
                direct);
    }

    static List<Tape> tapes(FeedsProperties properties) {
        List<Symbol> named = properties.named();
        List<Tape> tapes = new ArrayList<>();
        if (properties.archive() == null) {
            for (Symbol symbol : followed(properties)) {
                tapes.add(new SyntheticTape(symbol, properties.seed(), properties.origin()));
            }
        } else if (named.isEmpty()) {
            tapes.add(ArchiveTape.open(properties.archive()));
        } else {
            for (Symbol symbol : named) {
                tapes.add(ArchiveTape.open(symbol, properties.archive()));
            }
        }
        return tapes;
    }

    static Instant from(FeedsProperties properties, List<Tape> tapes) {
        return properties
                .historyFrom()
                .orElseGet(() -> tapes.stream()
                        .map(Tape::firstOpenTime)
                        .max(Instant::compareTo)
                        .orElseThrow());
    }

    /** Where a simulated market goes live on its first start; refuses one that its tape does not reach. */
    static Instant liveFrom(FeedsProperties properties, List<Tape> tapes) {
        Instant from = from(properties, tapes);
        Instant live = from.plus(Duration.ofDays(properties.historyDays()));
        for (Tape tape : tapes) {
            if (from.isBefore(tape.firstOpenTime())
                    || tape.lastOpenTime().filter(from::isAfter).isPresent()) {
                throw RefusedException.of(
                        "OUTSIDE_ARCHIVE", "begin of history (--from)", from, "a time within " + extent(tape));
            }
            if (tape.lastOpenTime().filter(live::isAfter).isPresent()) {
                throw RefusedException.of(
                        "OUTSIDE_ARCHIVE",
                        "going live " + properties.historyDays() + " days after " + from + " (--from, --history-days)",
                        live,
                        "a time within " + extent(tape));
            }
        }
        return live;
    }

    private static String extent(Tape tape) {
        return tape.symbol() + "'s bars, which go from " + tape.firstOpenTime()
                + tape.lastOpenTime().map(last -> " to " + last).orElse(" on");
    }

    /** Whether the settings want a simulated exchange. */
    static final class Simulated implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return "simulator".equalsIgnoreCase(context.getEnvironment().getProperty("hindcast.feeds.mode", ""));
        }
    }
}
