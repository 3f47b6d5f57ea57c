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
 * Beans of the news: players of archived or generated articles beside a simulated market, and the collector of feeds
 * and sites. A faulty archive fails the start.
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
    ArticleSender articleSender(NewsBus bus, WallTimer waits, NewsStatus status) {
        return new ArticleSender(bus, waits, RandomGenerator.getDefault(), status);
    }

    @Bean
    NewsService newsService(
            NewsPlan plan,
            NewsProperties properties,
            NewsBus bus,
            ArticleSender sender,
            NewsStatus status,
            SupervisedLoop.Context loopContext,
            @Qualifier("marketClock") InstantSource marketClock,
            @Qualifier("wallClock") InstantSource wallClock) {
        if (plan.playback().isEmpty() && properties.archive() != null) {
            throw RefusedException.of(
                    "BAD_SETTING",
                    "hindcast.news.archive",
                    properties.archive(),
                    "none beside a market that is not simulated");
        }
        CollectionSchedule schedule = properties.schedule();
        List<NewsPlayer> players = plan.playback()
                .map(playback -> players(plan.symbols(), playback, properties, bus, sender, loopContext))
                .orElse(List.of());
        Optional<NewsCollector> collector = properties.collect()
                ? Optional.of(new NewsCollector(
                        sources(plan.symbols(), properties, loopContext.waits(), wallClock),
                        new ArticleIntake(sender, marketClock),
                        schedule,
                        wallClock,
                        loopContext,
                        new SavedPages(properties.savedPages()),
                        status))
                : Optional.empty();
        return new NewsService(players, collector);
    }

    /** Plays the archive if one is configured, else the generated articles. */
    private static List<NewsPlayer> players(
            List<Symbol> symbols,
            NewsPlan.Playback playback,
            NewsProperties properties,
            NewsBus bus,
            ArticleSender sender,
            SupervisedLoop.Context loopContext) {
        List<NewsTape> tapes = properties.archive() == null
                ? playback.generated()
                : List.of(NewsArchive.open(properties.archive(), symbols));
        return tapes.stream()
                .map(tape -> new NewsPlayer(
                        tape, playback.clock(), playback.from(), playback.liveFrom(), bus, sender, loopContext))
                .toList();
    }

    private static List<NewsSource> sources(
            List<Symbol> symbols, NewsProperties properties, WallTimer waits, InstantSource wallClock) {
        return NewsSources.of(
                properties,
                symbols,
                NewsSources.fetcher(properties, waits, wallClock, RandomGenerator.getDefault()),
                System.getenv(),
                waits);
    }
}
