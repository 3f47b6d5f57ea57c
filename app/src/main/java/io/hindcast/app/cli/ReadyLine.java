package io.hindcast.app.cli;

import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.app.HindcastProcess;
import io.hindcast.app.role.Role;
import io.hindcast.console.Console;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where the dashboard is: once predictions are being recorded, or after a while in any case. A process without the
 * dashboard says at once what it runs.
 */
final class ReadyLine {

    private static final Logger log = LoggerFactory.getLogger(ReadyLine.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private ReadyLine() {}

    static void announceWhenReady(HindcastProcess process, Console console, String what, boolean thenStop) {
        if (!process.roles().contains(Role.GRAPHQL)) {
            console.line("Running here: "
                    + process.roles().stream().map(Role::toString).collect(Collectors.joining(", "))
                    + ". Health: http://localhost:" + process.port() + "/actuator/health");
            return;
        }
        Thread.ofPlatform().daemon().name("ready-line").start(() -> {
            boolean predicting = false;
            try {
                predicting = firstPrediction(process);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // The line with the address is said in any case.
                log.debug("Could not follow the log to see when it is ready", e);
            }
            if (process.isClosed()) {
                return;
            }
            String address = "http://localhost:" + process.port() + "/";
            console.line(
                    predicting
                            ? what + " is live and being predicted: " + address
                            : what + " is being prepared; watch it at " + address);
            if (predicting && thenStop) {
                process.close();
            }
        });
    }

    private static boolean firstPrediction(HindcastProcess process) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        EventStore store = process.context().getBean(EventStore.class);
        try (BlockingStream<TrackedEventMessage<?>> events = store.openStream(store.createHeadToken())) {
            while (System.nanoTime() < deadline && !process.isClosed()) {
                if (events.hasNextAvailable(500, TimeUnit.MILLISECONDS)
                        && events.nextAvailable().getPayloadType() == PredictionsRecorded.class) {
                    return true;
                }
            }
        }
        return false;
    }
}
