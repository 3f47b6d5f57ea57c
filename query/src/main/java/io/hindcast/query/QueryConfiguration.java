package io.hindcast.query;

import io.hindcast.query.audit.AuditQueries;
import io.hindcast.query.comparison.ComparisonQueries;
import io.hindcast.query.live.LiveUpdates;
import io.hindcast.query.live.LogTail;
import io.hindcast.query.market.MarketQueries;
import io.hindcast.query.model.BackfillQueries;
import io.hindcast.query.model.ModelQueries;
import io.hindcast.query.model.RegistryQueries;
import io.hindcast.query.news.NewsQueries;
import io.hindcast.query.prediction.PredictionQueries;
import io.hindcast.query.rental.RentalQueries;
import io.hindcast.query.training.TrainingQueries;
import io.hindcast.readmodel.ReadModelDefinition;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.runtime.SupervisedLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Beans of the query handlers and of the log tail. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueryProperties.class)
public class QueryConfiguration {

    @Bean
    ConfigurerModule queryHandlers(
            JdbcTemplate jdbc,
            QueryProperties properties,
            @Qualifier("marketClock") InstantSource marketClock,
            MeterRegistry meters) {
        ReadModelReader readModel = new ReadModelReader(jdbc, ReadModelDefinition.PROGRAM);
        MarketQueries markets = new MarketQueries(readModel, properties);
        Gauge.builder("hindcast.query.chart.points", markets, MarketQueries::cachedPoints)
                .description("Candle chart points in memory")
                .register(meters);
        return configurer -> configurer
                .registerQueryHandler(c -> markets)
                .registerQueryHandler(c -> new PredictionQueries(readModel, properties))
                .registerQueryHandler(c -> new ModelQueries(readModel, marketClock))
                .registerQueryHandler(c -> new RegistryQueries(readModel))
                .registerQueryHandler(c -> new BackfillQueries(readModel))
                .registerQueryHandler(c -> new TrainingQueries(readModel))
                .registerQueryHandler(c -> new RentalQueries(readModel))
                .registerQueryHandler(c -> new AuditQueries(readModel))
                .registerQueryHandler(c -> new NewsQueries(readModel))
                .registerQueryHandler(c -> new ComparisonQueries(readModel));
    }

    /** Acknowledges subscription queries; their updates come from the log tail. */
    @Bean
    ConfigurerModule subscriptionHandlers() {
        return configurer ->
                configurer.registerQueryHandler(c -> new LiveUpdates(c.getComponent(QueryUpdateEmitter.class)));
    }

    @Bean
    LogTail logTail(EventStore eventStore, QueryUpdateEmitter emitter, SupervisedLoop.Context loops) {
        return new LogTail(eventStore, new LiveUpdates(emitter), loops);
    }
}
