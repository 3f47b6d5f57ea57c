package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingFailure;

/** Thrown if a provider refuses to start a machine, and certainly has started none. */
public final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient TrainingFailure failure;

    /** @param failure with which the run ends */
    public StartRefusedException(TrainingFailure failure) {
        super(failure.line());
        this.failure = failure;
    }

    public TrainingFailure failure() {
        return failure;
    }
}
