package io.hindcast.ml.hub;

/** A model could not be had; the message says of which host and file, why, and what helps. */
public final class HubException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HubException(String message) {
        super(message);
    }

    public HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
