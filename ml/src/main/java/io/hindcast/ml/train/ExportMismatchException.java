package io.hindcast.ml.train;

/** An exported model says something else than its trainer; it must not be registered. */
public final class ExportMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ExportMismatchException(String message) {
        super(message);
    }
}
