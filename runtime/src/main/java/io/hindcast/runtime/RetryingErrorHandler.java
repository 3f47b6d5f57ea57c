package io.hindcast.runtime;

import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.EventProcessingException;

/**
 * Error handler that makes an event processor retry a failed batch, whatever was thrown. Axon's processors retry after
 * an exception, with growing pauses; an {@link Error} would stop them until the next start.
 */
public enum RetryingErrorHandler implements ErrorHandler {
    INSTANCE;

    @Override
    public void handleError(ErrorContext context) throws Exception {
        if (context.error() instanceof Exception e) {
            throw e;
        }
        throw asException(context.error());
    }

    /** Runs work of a unit of work outside its handlers, where an {@link Error} would bypass {@link #handleError}. */
    public static void run(Runnable work) {
        try {
            work.run();
        } catch (Error e) {
            throw asException(e);
        }
    }

    private static EventProcessingException asException(Throwable failure) {
        return new EventProcessingException(
                "a batch failed: " + FailureReason.of(failure) + "; it is handled again", failure);
    }
}
