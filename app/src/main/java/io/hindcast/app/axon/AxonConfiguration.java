package io.hindcast.app.axon;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.hindcast.api.HindcastJson;
import io.hindcast.app.role.Role;
import io.hindcast.readmodel.database.AxonTables;
import io.hindcast.runtime.RetryingErrorHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManagerSupplier;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.modelling.saga.repository.jdbc.PostgresSagaSqlSchema;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon's components for either event store: transactions, JSON serializers, and the stores of tokens, sagas, dead
 * letters and deadlines in PostgreSQL. All are explicit, because Axon silently falls back to components without
 * transactions, in memory or in XML; {@link AxonComponentCheck} verifies them once everything is built.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeadLetterSettings.class)
public class AxonConfiguration {

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new SpringDataSourceConnectionProvider(dataSource);
    }

    @Bean
    @Primary
    Serializer serializer() {
        return json();
    }

    @Bean
    @Qualifier("eventSerializer") Serializer eventSerializer() {
        return json();
    }

    @Bean
    @Qualifier("messageSerializer") Serializer messageSerializer() {
        return json();
    }

    private static Serializer json() {
        return JacksonSerializer.builder()
                .objectMapper(HindcastJson.mapper())
                .revisionResolver(new AnnotationRevisionResolver())
                .build();
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .schema(AxonTables.tokens())
                .contentType(byte[].class)
                .serializer(serializer)
                // Upper bound of the wait for the claims of a process that was killed.
                .claimTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Bean
    SagaStore<Object> sagaStore(ConnectionProvider connections, Serializer serializer) {
        return JdbcSagaStore.builder()
                .connectionProvider(connections)
                .sqlSchema(new PostgresSagaSqlSchema(AxonTables.sagas()))
                .serializer(serializer)
                .build();
    }

    /** Makes processors retry a failed batch with growing pauses, instead of logging and skipping it. */
    @Bean
    ConfigurerModule failuresStopProcessors() {
        return configurer -> configurer
                .eventProcessing()
                .registerDefaultListenerInvocationErrorHandler(c -> PropagatingErrorHandler.instance())
                .registerDefaultErrorHandler(c -> RetryingErrorHandler.INSTANCE);
    }

    /** Registers dead letter queues for the configured processing groups. */
    @Bean
    ConfigurerModule deadLetterQueues(
            DeadLetterSettings settings,
            ConnectionProvider connections,
            TransactionManager transactions,
            Serializer serializer,
            @Qualifier("eventSerializer") Serializer events) {
        Set<String> groups = Set.copyOf(settings.groups());
        return configurer -> groups.forEach(group -> configurer
                .eventProcessing()
                .registerDeadLetterQueue(
                        group,
                        c -> JdbcSequencedDeadLetterQueue.builder()
                                .processingGroup(group)
                                .connectionProvider(connections)
                                .transactionManager(transactions)
                                .schema(AxonTables.deadLetters())
                                .genericSerializer(serializer)
                                .eventSerializer(events)
                                .build()));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService commandRetryExecutor() {
        return Executors.newSingleThreadScheduledExecutor(new AxonThreadFactory("command-retry"));
    }

    @Bean
    CommandGateway commandGateway(
            CommandBus commandBus, @Qualifier("commandRetryExecutor") ScheduledExecutorService executor) {
        return new RefusalAwareCommandGateway(DefaultCommandGateway.builder()
                .commandBus(commandBus)
                .retryScheduler(new CommandRetryScheduler(executor)));
    }

    @Bean
    DbSchedulerDeadlineManagerSupplier deadlineManagerSupplier() {
        return new DbSchedulerDeadlineManagerSupplier();
    }

    /**
     * Scheduler of deadlines, which are stored in the transaction of the saga that sets them. A process without the
     * sagas role would not find a deadline's saga and would count the deadline as handled, so only processes with that
     * role pick up deadlines.
     */
    @Bean(destroyMethod = "")
    Scheduler deadlineScheduler(DataSource dataSource, DbSchedulerDeadlineManagerSupplier supplier) {
        return Scheduler.create(
                        new TransactionAwareDataSourceProxy(dataSource),
                        DbSchedulerDeadlineManager.humanReadableTask(supplier))
                .tableName(AxonTables.SCHEDULED_TASKS)
                .serializer(new com.github.kagkarlsson.scheduler.serializer.JacksonSerializer())
                .threads(2)
                .pollingInterval(Duration.ofSeconds(1))
                .shutdownMaxWait(Duration.ofSeconds(3))
                .build();
    }

    @Bean
    DeadlineManager deadlineManager(
            Scheduler deadlineScheduler,
            DbSchedulerDeadlineManagerSupplier supplier,
            Configuration configuration,
            @Qualifier("eventSerializer") Serializer serializer,
            TransactionManager transactions,
            Environment environment) {
        boolean sagas = Role.parse(environment.getProperty(Role.PROPERTY, "")).contains(Role.SAGAS);
        DbSchedulerDeadlineManager manager = DbSchedulerDeadlineManager.builder()
                .scheduler(deadlineScheduler)
                .scopeAwareProvider(new ConfigurationScopeAwareProvider(configuration))
                .serializer(serializer)
                .transactionManager(transactions)
                .useBinaryPojo(false)
                .startScheduler(sagas)
                .stopScheduler(sagas)
                .build();
        supplier.set(manager);
        return manager;
    }

    @Bean
    EventStoreStartupCheck storeCheck(Configuration configuration, Environment environment) {
        return new EventStoreStartupCheck(
                configuration,
                EventStoreKind.parse(environment.getProperty(EventStoreKind.PROPERTY, "postgres")),
                environment.getProperty("axon.axonserver.servers", "localhost:8124"));
    }
}
