package io.hindcast.ml.model;

/** Thrown if a loaded model scores its golden rows differently than at its training. Such a model must not go live. */
public final class GoldenMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GoldenMismatchException(String message) {
        super(message);
    }
}
