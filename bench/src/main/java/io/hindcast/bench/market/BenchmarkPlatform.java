package io.hindcast.bench.market;

import io.hindcast.command.CommandConfiguration;
import io.hindcast.projections.ReadModelProcessors;
import io.hindcast.projections.TestPlatform;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;

/** A PostgreSQL with event log, read models and aggregates, wired as in the application. */
final class BenchmarkPlatform implements AutoCloseable {

    final TestPlatform platform = new TestPlatform();
    private final Configuration axon;

    BenchmarkPlatform() {
        CommandBus bus = SimpleCommandBus.builder()
                .transactionManager(platform.transactions)
                .build();
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(configuration -> platform.serializer)
                .configureTransactionManager(configuration -> platform.transactions)
                .configureCommandBus(configuration -> bus)
                .configureEventStore(configuration -> platform.log);
        CommandConfiguration.configureAggregates(configurer);
        axon = configurer.start();
    }

    CommandGateway commands() {
        return axon.commandGateway();
    }

    /** Blocks until a read model has handled all events that are in the log now. */
    void awaitHead(ReadModelProcessors.Running running) {
        long head = platform.log.createHeadToken().position().orElse(0);
        while (running.position() < head) {
            if (running.processor().isError()) {
                throw new IllegalStateException("the read model stopped with an error");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        axon.shutdown();
        platform.close();
    }
}
