package io.hindcast.app.axon;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.hindcast.api.RefusedException;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.axonframework.axonserver.connector.AxonServerException;
import org.axonframework.axonserver.connector.ErrorCode;
import org.axonframework.axonserver.connector.command.AxonServerCommandDispatchException;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Failures of commands that may succeed when sent again. Over Axon Server, a value travels as the details of the
 * failure, because exception classes do not.
 */
public enum TransientFailure {
    /** Two writers met in one aggregate. Retried for about 2 seconds, more than an unlucky conflict needs. */
    CONFLICT(10),
    /**
     * The database, Axon Server or the handling process is away. Retried for about a minute, in which a store or a
     * process restarts.
     */
    OUTAGE(37);

    /** Errors of Axon Server that a retry does not change: a missing or wrong token, or a message that is too large. */
    private static final Set<String> PERMANENT_ERRORS = Set.of(
            ErrorCode.AUTHENTICATION_TOKEN_MISSING.errorCode(),
            ErrorCode.AUTHENTICATION_INVALID_TOKEN.errorCode(),
            ErrorCode.EVENT_PAYLOAD_TOO_LARGE.errorCode(),
            ErrorCode.GRPC_MESSAGE_TOO_LARGE.errorCode());

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(10), Duration.ofSeconds(2));

    private final int attempts;

    TransientFailure(int attempts) {
        this.attempts = attempts;
    }

    /** Returns the retry policy for commands that fail like this. */
    RetryPolicy retries() {
        return RetryPolicy.of(attempts, BACKOFF);
    }

    /**
     * Classifies a failure from either side of a bus by its causes.
     *
     * @return empty for refusals and permanent failures
     */
    static Optional<TransientFailure> of(Throwable failure) {
        if (RefusedException.in(failure) != null) {
            return Optional.empty();
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HandlerExecutionException remote
                    && remote.getDetails().orElse(null) instanceof TransientFailure reported) {
                return Optional.of(reported);
            }
            if (cause instanceof ConcurrencyException || cause instanceof AggregateStreamCreationException) {
                return Optional.of(CONFLICT);
            }
            if (isOutage(cause)) {
                return Optional.of(OUTAGE);
            }
        }
        return Optional.empty();
    }

    private static boolean isOutage(Throwable failure) {
        return switch (failure) {
            case CannotCreateTransactionException e -> true;
            case RejectedExecutionException e -> true;
            case NoHandlerForCommandException e -> true;
            case AxonServerCommandDispatchException e -> true;
            case AxonServerException e -> !PERMANENT_ERRORS.contains(e.code());
            case StatusRuntimeException e -> isTransient(e.getStatus().getCode());
            case SQLException e -> isTransient(e.getSQLState());
            default -> false;
        };
    }

    /** Returns whether a call to Axon Server failed independently of its request. */
    private static boolean isTransient(Status.Code code) {
        return code == Status.Code.UNAVAILABLE || code == Status.Code.CANCELLED || code == Status.Code.ABORTED;
    }

    /**
     * Returns whether PostgreSQL failed independently of the statement: connection lost, server stopping, deadlock,
     * transaction timeout, too many clients.
     */
    private static boolean isTransient(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("57P0")
                        || sqlState.startsWith("40")
                        || sqlState.equals("25P04")
                        || sqlState.equals("53300"));
    }
}
