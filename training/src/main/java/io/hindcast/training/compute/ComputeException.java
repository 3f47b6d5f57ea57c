package io.hindcast.training.compute;

/** Thrown if a provider cannot start, see or end a machine. The message names what was wrong and what can be done. */
public final class ComputeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ComputeException(String message) {
        super(message);
    }

    public ComputeException(String message, Throwable cause) {
        super(message, cause);
    }
}
