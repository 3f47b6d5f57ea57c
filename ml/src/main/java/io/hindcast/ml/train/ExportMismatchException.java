package io.hindcast.ml.train;

/** Thrown if an exported model scores rows differently than its trainer. It must not be registered. */
public final class ExportMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ExportMismatchException(String message) {
        super(message);
    }
}
