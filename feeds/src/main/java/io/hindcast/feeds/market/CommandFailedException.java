package io.hindcast.feeds.market;

/** Failure of a command or query for a reason outside itself, after all retries. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns the reason of a failure in a few words. */
    static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
