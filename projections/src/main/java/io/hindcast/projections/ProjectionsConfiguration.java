package io.hindcast.projections;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.readmodel.ReadModelBuilds;
import io.hindcast.readmodel.ReadModelDefinition;
import io.hindcast.runtime.SupervisedLoop;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Beans of the projections. The database must have been migrated before the application starts its lifecycle beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionsProperties.class)
public class ProjectionsConfiguration {

    @Bean
    ReadModelBuilds readModelBuilds(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
        return new ReadModelBuilds(jdbc, transactionManager, ReadModelDefinition.PROGRAM);
    }

    @Bean
    ReadModelProcessors readModelProcessors(
            EventStore eventStore,
            TokenStore tokenStore,
            TransactionManager transactionManager,
            JdbcTemplate jdbc,
            ProjectionsProperties properties) {
        return new ReadModelProcessors(eventStore, tokenStore, transactionManager, jdbc, properties);
    }

    @Bean
    ReadModelOperations readModelOperations(
            @Qualifier("processId") String processId,
            ReadModelBuilds builds,
            ReadModelProcessors processors,
            ProgressReporter progress,
            SupervisedLoop.Context loops) {
        return new ReadModelOperations(processId, builds, processors, progress, loops);
    }
}
