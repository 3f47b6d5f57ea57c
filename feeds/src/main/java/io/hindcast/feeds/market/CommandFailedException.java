package io.hindcast.feeds.market;

/** A command or query failed for a reason outside itself, and its retries are used up. */
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
