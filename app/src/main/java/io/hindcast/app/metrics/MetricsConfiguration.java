package io.hindcast.app.metrics;

import io.hindcast.projections.ReadModelOperations;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Locale;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.monitoring.NoOpMessageMonitor;
import org.axonframework.queryhandling.QueryBus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Metrics of Axon's components. They replace Axon's own, whose gauges of different processors collide and whose
 * registry is created before the application's.
 */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

    @Bean
    ConfigurerModule axonMessageTimes(ObjectProvider<MeterRegistry> meters) {
        return messageTimes(meters::getObject);
    }

    /**
     * Counts and times the messages of each of Axon's components.
     *
     * @param meters supplies the registry; called when the first component is monitored
     */
    public static ConfigurerModule messageTimes(Supplier<MeterRegistry> meters) {
        return configurer -> configurer.configureMessageMonitor(c -> (type, name) -> {
            if (CommandBus.class.isAssignableFrom(type)) {
                return new MessageTimeMonitor(meters.get(), "commands");
            }
            if (QueryBus.class.isAssignableFrom(type)) {
                return new MessageTimeMonitor(meters.get(), "queries");
            }
            if (EventProcessor.class.isAssignableFrom(type)) {
                return new MessageTimeMonitor(meters.get(), "processor " + name);
            }
            if (EventBus.class.isAssignableFrom(type) || EventStore.class.isAssignableFrom(type)) {
                return new MessageTimeMonitor(meters.get(), "log");
            }
            return NoOpMessageMonitor.INSTANCE;
        });
    }

    /** Converts meter names that libraries derive from constants, such as {@code graphql.request.BAD_REQUEST}. */
    @Bean
    MeterFilter lowerCaseNames() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.withName(id.getName().toLowerCase(Locale.ROOT));
            }
        };
    }

    @Bean
    ProcessorLag processorLag(
            EventStore log, EventProcessingConfiguration processing, ObjectProvider<ReadModelOperations> readModels) {
        return new ProcessorLag(log, processing, readModels.getIfAvailable());
    }

    /** Registers the lag gauges when the processors are known. */
    @Bean
    SmartLifecycle processorGauges(ProcessorLag lag, EventProcessingConfiguration processing, MeterRegistry meters) {
        return new SmartLifecycle() {
            private boolean running;

            @Override
            public void start() {
                processing.eventProcessors().forEach((name, processor) -> {
                    if (processor instanceof StreamingEventProcessor) {
                        Gauge.builder(
                                        "hindcast.processor.lag",
                                        lag,
                                        l -> l.behind(name).orElse(0))
                                .description("Events in the log that the processor has not handled yet")
                                .baseUnit("events")
                                .tag("processor", name)
                                .register(meters);
                    }
                });
                running = true;
            }

            @Override
            public void stop() {
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }
}
