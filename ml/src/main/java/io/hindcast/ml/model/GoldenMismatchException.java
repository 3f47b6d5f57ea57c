package io.hindcast.ml.model;

/** A loaded model does not say about its golden rows what it said when it was trained; it must not go live. */
public final class GoldenMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GoldenMismatchException(String message) {
        super(message);
    }
}
