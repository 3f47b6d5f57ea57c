package io.hindcast.app.store;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.config.Configuration;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * The log in Axon Server, which also carries commands and queries between processes. Store and buses are those of
 * Axon's own auto-configuration; only what handles the commands that arrive here is ours. It opens no transaction in
 * the database: an aggregate is its events, so commands go on while the database is away.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = EventStoreKind.PROPERTY, havingValue = "axon-server")
public class AxonServerStoreConfiguration {

    @Bean
    @Qualifier("localSegment") CommandBus commandBus(Configuration configuration, DuplicateCommandHandlerResolver duplicates) {
        ArrivingCommands bus =
                new ArrivingCommands(duplicates, configuration.messageMonitor(CommandBus.class, "commandBus"));
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(configuration.correlationDataProviders()));
        return bus;
    }
}
