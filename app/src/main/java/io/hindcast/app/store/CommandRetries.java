package io.hindcast.app.store;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.hindcast.api.RefusedException;
import io.hindcast.runtime.Backoff;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.ErrorCode;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Sends a command again when it failed for a reason that passes: two writers met in one aggregate, or the database,
 * Axon Server or the process that handles it was away for a moment. Pauses double from 10 ms to 2 s; commands are
 * idempotent, so one that took effect before its answer was lost may be sent again. Refusals and faults are never
 * repeated.
 */
public final class CommandRetries implements RetryScheduler {

    private static final Logger log = LoggerFactory.getLogger(CommandRetries.class);

    /**
     * What Axon Server says no to however often it is asked: no or a wrong token, an event or a message that is too
     * large.
     */
    private static final Set<String> FAULTS = Set.of(
            ErrorCode.AUTHENTICATION_TOKEN_MISSING.errorCode(),
            ErrorCode.AUTHENTICATION_INVALID_TOKEN.errorCode(),
            ErrorCode.EVENT_PAYLOAD_TOO_LARGE.errorCode(),
            ErrorCode.GRPC_MESSAGE_TOO_LARGE.errorCode());

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofSeconds(2));

    private final ScheduledExecutorService executor;

    public CommandRetries(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public boolean scheduleRetry(
            CommandMessage command,
            RuntimeException lastFailure,
            List<Class<? extends Throwable>[]> failures,
            Runnable dispatch) {
        int limit = limit(lastFailure);
        if (failures.size() > limit) {
            if (limit > 0) {
                log.warn("{} failed {} times, giving up", command.getCommandName(), failures.size(), lastFailure);
            }
            return false;
        }
        log.debug("{} failed, trying again", command.getCommandName(), lastFailure);
        try {
            Duration pause = BACKOFF.after(failures.size(), ThreadLocalRandom.current());
            var _ = executor.schedule(dispatch, pause.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** How many times a command that failed like this may be sent again. */
    static int limit(Throwable failure) {
        return passing(failure).map(PassingFailure::attempts).orElse(0);
    }

    /** Whether a failure is one that passes, on whichever side of a bus it was thrown. */
    static Optional<PassingFailure> passing(Throwable failure) {
        if (RefusedException.in(failure) != null) {
            return Optional.empty();
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof HandlerExecutionException told
                    && told.getDetails().orElse(null) instanceof PassingFailure passing) {
                return Optional.of(passing);
            }
            if (t instanceof ConcurrencyException || t instanceof AggregateStreamCreationException) {
                return Optional.of(PassingFailure.CONFLICT);
            }
            if (t instanceof CannotCreateTransactionException
                    || t instanceof RejectedExecutionException
                    || t instanceof NoHandlerForCommandException
                    || t instanceof AxonServerCommandDispatchException
                    || (t instanceof AxonServerException server && !FAULTS.contains(server.code()))
                    || (t instanceof StatusRuntimeException call
                            && passes(call.getStatus().getCode()))
                    || (t instanceof SQLException sql && passes(sql.getSQLState()))) {
                return Optional.of(PassingFailure.OUTAGE);
            }
        }
        return Optional.empty();
    }

    /** States of a call to Axon Server that say nothing about what was asked. */
    private static boolean passes(Status.Code state) {
        return state == Status.Code.UNAVAILABLE || state == Status.Code.CANCELLED || state == Status.Code.ABORTED;
    }

    /**
     * SQL states of PostgreSQL that say nothing about what was asked: connection lost, server stopping, deadlock, too
     * many clients.
     */
    private static boolean passes(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("57P0")
                        || state.startsWith("40")
                        || state.equals("25P04")
                        || state.equals("53300"));
    }
}
