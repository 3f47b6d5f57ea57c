package io.hindcast.command;

import io.hindcast.command.audit.Audit;
import io.hindcast.command.market.Market;
import io.hindcast.command.market.MarketCoverageQueries;
import io.hindcast.command.market.MarketDay;
import io.hindcast.command.model.Model;
import io.hindcast.command.news.Article;
import io.hindcast.command.news.HeadlineDay;
import io.hindcast.command.news.HeadlineDays;
import io.hindcast.command.news.Headlines;
import io.hindcast.command.news.SentimentDay;
import io.hindcast.command.prediction.BackfillDay;
import io.hindcast.command.prediction.PredictionDay;
import io.hindcast.command.rental.RentalBudget;
import io.hindcast.command.training.RunProgress;
import io.hindcast.command.training.TrainingProgram;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Registers the aggregates, each kind with a bounded cache of those used last, and the queries that are answered from
 * the log.
 *
 * <p>There are no snapshots: a day's stream is at most a few thousand small events, read once after a start and then
 * cached, and a snapshot would be a second stored form of the state to keep readable for ever.
 */
@Configuration(proxyBeanMethods = false)
public class CommandConfiguration {

    /** Per kind; a market day takes about 30 kB, everything else less. */
    private static final int CACHED_AGGREGATES = 128;

    @Bean
    ConfigurerModule aggregates() {
        return CommandConfiguration::configureAggregates;
    }

    /** A bean, because Axon resolves parameters of handlers from Spring's beans. */
    @Bean
    Headlines headlines(ObjectProvider<org.axonframework.config.Configuration> axon) {
        return HeadlineDays.of(axon::getObject);
    }

    /** Registers the same without Spring, for tests. */
    public static void configureAggregates(Configurer configurer) {
        configurer
                .configureAggregate(cached(Market.class))
                .configureAggregate(cached(MarketDay.class))
                .configureAggregate(cached(PredictionDay.class))
                .configureAggregate(AggregateConfigurer.defaultConfiguration(BackfillDay.class))
                .configureAggregate(cached(Model.class))
                .configureAggregate(cached(TrainingProgram.class))
                .configureAggregate(cached(RunProgress.class))
                .configureAggregate(cached(RentalBudget.class))
                .configureAggregate(AggregateConfigurer.defaultConfiguration(Audit.class))
                .configureAggregate(cached(Article.class))
                .configureAggregate(cached(HeadlineDay.class))
                .configureAggregate(cached(SentimentDay.class))
                .registerQueryHandler(configuration -> new MarketCoverageQueries(configuration.eventStore()))
                .registerComponent(Headlines.class, configuration -> HeadlineDays.of(() -> configuration));
    }

    private static <T> AggregateConfigurer<T> cached(Class<T> type) {
        RecentAggregates cache = new RecentAggregates(CACHED_AGGREGATES);
        return AggregateConfigurer.defaultConfiguration(type).configureCache(configuration -> cache);
    }
}
