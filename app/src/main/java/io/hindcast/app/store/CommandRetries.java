package io.hindcast.app.store;

import io.hindcast.api.RefusedException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Sends a command again when it failed for a reason that passes: two writers met in one aggregate, or the database was
 * away for a moment. Pauses double from 10 ms to 2 s; commands are idempotent, so one that took effect before its answer was lost
 * may be sent again. Refusals and faults are never repeated.
 */
public final class CommandRetries implements RetryScheduler {

    private static final Logger log = LoggerFactory.getLogger(CommandRetries.class);

    /** About 2 seconds of pauses: writers that still collide after that are not just unlucky. */
    static final int CONFLICT_LIMIT = 9;

    /** About a minute of pauses: a database that restarts is back by then. */
    static final int OUTAGE_LIMIT = 36;

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
            var _ = executor.schedule(dispatch, pauseMillis(failures.size()), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    static long pauseMillis(int failures) {
        return Math.min(2_000, 10L << Math.min(failures - 1, 10));
    }

    /** How many times a command that failed like this may be sent again. */
    static int limit(Throwable failure) {
        if (RefusedException.in(failure) != null) {
            return 0;
        }
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ConcurrencyException || t instanceof AggregateStreamCreationException) {
                return CONFLICT_LIMIT;
            }
            if (t instanceof CannotCreateTransactionException
                    || t instanceof RejectedExecutionException
                    || (t instanceof SQLException sql && passes(sql.getSQLState()))) {
                return OUTAGE_LIMIT;
            }
        }
        return 0;
    }

    /** SQL states of PostgreSQL that say nothing about what was asked: connection lost, server stopping, deadlock, too many clients. */
    private static boolean passes(@Nullable String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("57P0")
                        || state.startsWith("40")
                        || state.equals("25P04")
                        || state.equals("53300"));
    }
}
