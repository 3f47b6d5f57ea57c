package io.hindcast.feeds.market;

/** A command could not be carried out, however often it was sent, for a reason that is not in the command. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
