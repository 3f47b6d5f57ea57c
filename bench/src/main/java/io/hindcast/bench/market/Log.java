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

/** A PostgreSQL with log and read models, and the aggregates that write to it, wired as the application does. */
final class Log implements AutoCloseable {

    final TestPlatform platform = new TestPlatform();
    private final Configuration axon;

    Log() {
        CommandBus bus = SimpleCommandBus.builder()
                .transactionManager(platform.transactions)
                .build();
        var configurer = DefaultConfigurer.defaultConfiguration()
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

    /** Waits until a read model has all that the log holds now. */
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
