package io.hindcast.ml.lightgbm;

/** LightGBM's native library refused something, or could not be loaded; the message says what it said. */
public final class LightGbmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LightGbmException(String message) {
        super(message);
    }

    public LightGbmException(String message, Throwable cause) {
        super(message, cause);
    }
}
