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
 * Prints the dashboard's address as soon as predictions are being recorded, or after two minutes in any case. A process
 * without the dashboard prints its roles at once.
 */
final class ReadyAnnouncement {

    private static final Logger log = LoggerFactory.getLogger(ReadyAnnouncement.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private ReadyAnnouncement() {}

    /**
     * Announces from a thread of its own, without blocking.
     *
     * @param subject name of what runs, for people
     * @param thenStop whether to stop the process once predictions are being recorded
     */
    static void announceWhenReady(HindcastProcess process, Console console, String subject, boolean thenStop) {
        if (!process.roles().contains(Role.GRAPHQL)) {
            console.line("Running here: "
                    + process.roles().stream().map(Role::toString).collect(Collectors.joining(", "))
                    + ". Health: http://localhost:" + process.port() + "/actuator/health");
            return;
        }
        Thread.ofPlatform().daemon().name("ready-announcement").start(() -> {
            boolean predicting = false;
            try {
                predicting = firstPrediction(process);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // The address is announced in any case.
                log.debug("Could not follow the log for the first prediction", e);
            }
            if (process.isClosed()) {
                return;
            }
            String address = "http://localhost:" + process.port() + "/";
            console.line(
                    predicting
                            ? subject + " is live and being predicted: " + address
                            : subject + " is being prepared; watch it at " + address);
            if (predicting && thenStop) {
                process.close();
            }
        });
    }

    private static boolean firstPrediction(HindcastProcess process) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
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
