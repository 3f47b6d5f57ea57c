package io.hindcast.worker;

/** Thrown if the platform refuses this worker: its run is over, or belongs to another one. */
final class LostRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostRunException(String reason) {
        super(reason);
    }
}
