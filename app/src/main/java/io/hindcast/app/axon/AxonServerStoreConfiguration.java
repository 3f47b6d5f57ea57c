package io.hindcast.app.axon;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.config.Configuration;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * The event store in Axon Server, which also routes commands and queries between processes. Axon's auto-configuration
 * supplies the store and the buses, except for the local segment of the command bus. That one opens no database
 * transaction, since aggregates consist of events only, so commands are handled even during a database outage.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = EventStoreKind.PROPERTY, havingValue = "axon-server")
public class AxonServerStoreConfiguration {

    @Bean
    @Qualifier("localSegment") CommandBus commandBus(Configuration configuration, DuplicateCommandHandlerResolver duplicates) {
        LocalSegmentCommandBus bus =
                new LocalSegmentCommandBus(duplicates, configuration.messageMonitor(CommandBus.class, "commandBus"));
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(configuration.correlationDataProviders()));
        return bus;
    }
}
