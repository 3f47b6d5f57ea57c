package io.hindcast.ml.hub;

/** Thrown if a published model cannot be obtained. The message names host, file, cause and remedy. */
public final class HubException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public HubException(String message) {
        super(message);
    }

    public HubException(String message, Throwable cause) {
        super(message, cause);
    }
}
