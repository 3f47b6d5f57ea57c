package io.hindcast.inference.prediction;

/**
 * An event cannot be handled yet because state is still being loaded. It is handled again shortly; the message is
 * sufficient, so there is no stack trace.
 */
final class StateLoadingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StateLoadingException(String message) {
        super(message, null, false, false);
    }
}
