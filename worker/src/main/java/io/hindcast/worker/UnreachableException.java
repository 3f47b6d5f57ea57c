package io.hindcast.worker;

/** Thrown if the platform has not answered for too long. */
final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message);
    }
}
