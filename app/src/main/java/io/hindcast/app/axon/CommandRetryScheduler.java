package io.hindcast.app.axon;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries commands after a {@link TransientFailure}, with pauses that double from 10 ms to 2 s. Commands are
 * idempotent, so one that took effect before its answer was lost may be sent again. Refusals and permanent failures are
 * never retried.
 */
public final class CommandRetryScheduler implements RetryScheduler {

    private static final Logger log = LoggerFactory.getLogger(CommandRetryScheduler.class);

    private final ScheduledExecutorService executor;

    public CommandRetryScheduler(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by the interface
    public boolean scheduleRetry(
            CommandMessage command,
            RuntimeException lastFailure,
            List<Class<? extends Throwable>[]> failures,
            Runnable dispatch) {
        Optional<TransientFailure> reason = TransientFailure.of(lastFailure);
        Optional<Duration> pause =
                reason.flatMap(found -> found.retries().waitAfter(failures.size(), ThreadLocalRandom.current()));
        if (pause.isEmpty()) {
            if (reason.isPresent()) {
                log.warn("{} failed {} times, giving up", command.getCommandName(), failures.size(), lastFailure);
            }
            return false;
        }
        log.debug("{} failed, trying again", command.getCommandName(), lastFailure);
        try {
            var _ = executor.schedule(dispatch, pause.get().toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
