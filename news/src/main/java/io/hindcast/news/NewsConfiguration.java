package io.hindcast.news;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.news.archive.NewsArchive;
import io.hindcast.news.archive.NewsPlayer;
import io.hindcast.news.archive.NewsTape;
import io.hindcast.news.page.SavedPages;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The news wing: plays an archive or generated articles beside a simulated market, and reads feeds and sites. A faulty
 * archive is refused before anything starts.
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
            NewsBus bus, @Qualifier("marketClock") InstantSource marketClock, WallTimer waits, NewsStatus status) {
        return new NewsIntake(bus, marketClock, waits, RandomGenerator.getDefault(), status);
    }

    @Bean
    NewsService newsService(
            NewsPlan plan,
            NewsProperties news,
            NewsBus bus,
            NewsIntake intake,
            NewsStatus status,
            SupervisedLoop.Ground ground,
            @Qualifier("wallClock") InstantSource wallClock) {
        if (plan.playback().isEmpty() && news.archive() != null) {
            throw RefusedException.of(
                    "BAD_SETTING",
                    "hindcast.news.archive",
                    news.archive(),
                    "none beside a market that is not simulated");
        }
        Schedule schedule = news.schedule();
        List<NewsPlayer> players = plan.playback()
                .map(playback -> players(tapes(plan.symbols(), playback, news), playback, bus, intake, ground))
                .orElse(List.of());
        Optional<NewsCollector> collector = news.collect()
                ? Optional.of(new NewsCollector(
                        sources(plan.symbols(), news, ground.waits(), wallClock),
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
            List<NewsTape> tapes,
            NewsPlan.Playback playback,
            NewsBus bus,
            NewsIntake intake,
            SupervisedLoop.Ground ground) {
        return tapes.stream()
                .map(tape -> new NewsPlayer(
                        tape, playback.clock(), playback.from(), playback.liveFrom(), bus, intake, ground))
                .toList();
    }

    /** Recorded articles if there is an archive of them, else those generated. */
    private static List<NewsTape> tapes(List<Symbol> symbols, NewsPlan.Playback playback, NewsProperties news) {
        return news.archive() == null ? playback.generated() : List.of(NewsArchive.open(news.archive(), symbols));
    }

    private static List<NewsSource> sources(
            List<Symbol> symbols, NewsProperties news, WallTimer waits, InstantSource wallClock) {
        return NewsSources.of(
                news,
                symbols,
                NewsSources.fetcher(news, waits, wallClock, RandomGenerator.getDefault()),
                System.getenv(),
                waits);
    }
}
