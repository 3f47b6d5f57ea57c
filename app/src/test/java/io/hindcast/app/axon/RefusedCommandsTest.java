package io.hindcast.app.axon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.RequestTrainingCycle;
import io.hindcast.api.training.TrainingSpec;
import io.hindcast.app.metrics.MetricsConfiguration;
import io.hindcast.command.training.TrainingProgram;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Refused commands are returned to their sender and counted, but not logged. */
class RefusedCommandsTest {

    private static final Symbol SYMBOL = new Symbol("BTCUSDT");
    private static final Instant DAY = Instant.parse("2022-01-01T00:00:00Z");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Configuration axon = axon();
    private final CommandGateway commands = new RefusalAwareCommandGateway(DefaultCommandGateway.builder()
            .commandBus(axon.commandBus())
            .retryScheduler(new CommandRetryScheduler(executor)));
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private Configuration axon() {
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureAggregate(TrainingProgram.class)
                .configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine());
        MetricsConfiguration.messageTimes(() -> meters).configureModule(configurer);
        return configurer.start();
    }

    @AfterEach
    void stop() {
        root.detachAppender(logged);
        axon.shutdown();
        executor.shutdownNow();
    }

    private static RequestTrainingCycle request() {
        return new RequestTrainingCycle(
                SYMBOL,
                "requested",
                List.of(ModelFamily.LIGHTGBM),
                new TrainingSpec(LabelSpec.DEFAULT, DAY, DAY.plusSeconds(86_400), 7),
                DAY.plusSeconds(86_400));
    }

    private double count(String message, String outcome) {
        var timer = meters.find("hindcast.axon.messages")
                .tags("part", "commands", "message", message, "outcome", outcome)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    @Test
    void countsRefusedCommandsWithoutLoggingThem() {
        logged.start();
        root.addAppender(logged);

        for (int i = 0; i < 3; i++) {
            commands.send(new EndTrainingCycle(SYMBOL, 7, DAY))
                    .exceptionally(refused -> null)
                    .join();
        }
        commands.send(request()).join();
        Throwable second =
                commands.send(request()).handle((number, refused) -> refused).join();

        assertThat(RefusedException.in(second)).isNotNull();
        assertThat(logged.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.INFO))
                .isEmpty();
        assertThat(count("EndTrainingCycle", "refused")).isEqualTo(3);
        assertThat(count("RequestTrainingCycle", "refused")).isEqualTo(1);
        assertThat(count("RequestTrainingCycle", "success")).isEqualTo(1);
        assertThat(count("RequestTrainingCycle", "failure")).isZero();
    }
}
