package io.hindcast.ml.model;

/**
 * Thrown if bytes are no model bundle, or not the one that was written. The message names the part and what was
 * expected.
 */
public final class CorruptBundleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CorruptBundleException(String message) {
        super(message);
    }

    public CorruptBundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
