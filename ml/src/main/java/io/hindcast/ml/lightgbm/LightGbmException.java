package io.hindcast.ml.lightgbm;

/**
 * Thrown if a call of LightGBM's native library fails or the library cannot be loaded. The message contains the
 * library's own.
 */
public final class LightGbmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LightGbmException(String message) {
        super(message);
    }

    public LightGbmException(String message, Throwable cause) {
        super(message, cause);
    }
}
