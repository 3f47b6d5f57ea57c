package io.hindcast.feeds;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.feeds.news.AxonNewsBus;
import io.hindcast.feeds.news.NewsBus;
import io.hindcast.feeds.news.NewsCollector;
import io.hindcast.feeds.news.NewsIntake;
import io.hindcast.feeds.news.NewsProperties;
import io.hindcast.feeds.news.NewsService;
import io.hindcast.feeds.news.NewsSource;
import io.hindcast.feeds.news.NewsSources;
import io.hindcast.feeds.news.NewsStatus;
import io.hindcast.feeds.news.Schedule;
import io.hindcast.feeds.news.archive.NewsArchive;
import io.hindcast.feeds.news.archive.NewsPlayer;
import io.hindcast.feeds.news.archive.NewsTape;
import io.hindcast.feeds.news.page.SavedPages;
import io.hindcast.feeds.simulator.ExchangeSimulator;
import io.hindcast.feeds.synthetic.SyntheticNews;
import io.hindcast.feeds.synthetic.SyntheticTape;
import io.hindcast.feeds.tape.Tape;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.Waits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The news of the feeds wing: an archive or generated articles beside a simulated market, feeds and sites beside a real
 * one. What is wrong with an archive is said before anything starts.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NewsProperties.class)
public class NewsConfiguration {

    @Bean
    NewsStatus newsStatus(MeterRegistry meters, @Qualifier("marketClock") InstantSource marketClock, Outages outages) {
        return new NewsStatus(meters, marketClock, outages);
    }

    @Bean
    NewsBus newsBus(CommandGateway commands, QueryGateway queries) {
        return new AxonNewsBus(commands, queries);
    }

    @Bean
    NewsIntake newsIntake(
            NewsBus bus, @Qualifier("marketClock") InstantSource marketClock, Waits waits, NewsStatus status) {
        return new NewsIntake(bus, marketClock, waits, RandomGenerator.getDefault(), status);
    }

    @Bean
    NewsService newsService(
            FeedsProperties feeds,
            NewsProperties news,
            @Qualifier("exchangeSimulator") ObjectProvider<ExchangeSimulator> simulator,
            NewsBus bus,
            NewsIntake intake,
            NewsStatus status,
            SupervisedLoop.Ground ground,
            @Qualifier("wallClock") InstantSource wallClock) {
        ExchangeSimulator simulated = simulator.getIfAvailable();
        if (simulated == null && news.archive() != null) {
            throw RefusedException.of(
                    "BAD_SETTING",
                    "hindcast.feeds.news.archive",
                    news.archive(),
                    "none beside a market that is not simulated");
        }
        Schedule schedule = news.schedule();
        List<NewsPlayer> players = simulated == null ? List.of() : players(feeds, news, simulated, bus, intake, ground);
        Optional<NewsCollector> collector = news.collect()
                ? Optional.of(new NewsCollector(
                        sources(feeds, news, simulated, ground.waits(), wallClock),
                        intake,
                        schedule,
                        wallClock,
                        ground,
                        new SavedPages(news.savedPages()),
                        status))
                : Optional.empty();
        return new NewsService(players, collector);
    }

    private static List<NewsPlayer> players(
            FeedsProperties feeds,
            NewsProperties news,
            ExchangeSimulator simulator,
            NewsBus bus,
            NewsIntake intake,
            SupervisedLoop.Ground ground) {
        List<Tape> tapes = simulator.tapes();
        return newsTapes(feeds, news, tapes).stream()
                .map(tape -> new NewsPlayer(
                        tape,
                        simulator,
                        FeedsConfiguration.from(feeds, tapes),
                        FeedsConfiguration.liveFrom(feeds, tapes),
                        bus,
                        intake,
                        ground))
                .toList();
    }

    /** Recorded articles beside whatever market, generated ones beside a generated market, else none. */
    static List<NewsTape> newsTapes(FeedsProperties feeds, NewsProperties news, List<Tape> tapes) {
        if (news.archive() != null) {
            return List.of(NewsArchive.open(
                    news.archive(), tapes.stream().map(Tape::symbol).toList()));
        }
        return tapes.stream()
                .filter(SyntheticTape.class::isInstance)
                .map(tape -> (NewsTape) new SyntheticNews((SyntheticTape) tape, feeds.seed()))
                .toList();
    }

    private static List<NewsSource> sources(
            FeedsProperties feeds,
            NewsProperties news,
            @org.jspecify.annotations.Nullable ExchangeSimulator simulator,
            Waits waits,
            InstantSource wallClock) {
        List<Symbol> symbols = simulator == null
                ? FeedsConfiguration.followed(feeds)
                : simulator.tapes().stream().map(Tape::symbol).toList();
        return NewsSources.of(
                news,
                symbols,
                NewsSources.fetcher(news, waits, wallClock, RandomGenerator.getDefault()),
                System.getenv(),
                waits);
    }
}
