package io.hindcast.runtime;

import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.EventProcessingException;

/**
 * Error handler of event processors that has a batch handled again whatever was thrown. Axon's processors retry after
 * an exception, with growing pauses; an {@link Error} that reaches them pauses them until the next start.
 */
public enum RetriedFailures implements ErrorHandler {
    INSTANCE;

    @Override
    public void handleError(ErrorContext context) throws Exception {
        if (context.error() instanceof Exception e) {
            throw e;
        }
        throw asException(context.error());
    }

    /**
     * Runs work that a unit of work does outside its handlers, where an {@link Error} would pass by
     * {@link #handleError}.
     */
    public static void run(Runnable work) {
        try {
            work.run();
        } catch (Error e) {
            throw asException(e);
        }
    }

    private static EventProcessingException asException(Throwable failure) {
        return new EventProcessingException(
                "a batch failed: " + Failure.reason(failure) + "; it is handled again", failure);
    }
}
