package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingFailure;
import java.util.Optional;

/** State of a run's machine. */
public sealed interface MachineState {

    /**
     * It is being made ready; its worker has not begun.
     *
     * @param obstacle what keeps it from starting at the moment, with its remedy; empty if nothing is known to
     */
    record Starting(Optional<TrainingFailure> obstacle) implements MachineState {}

    /** Its worker runs. */
    record Running() implements MachineState {}

    /**
     * Its worker has ended, and it can be released.
     *
     * @param failure why, with the end of its log, if its run has no result
     */
    record Ended(TrainingFailure failure) implements MachineState {}

    /** There is none. */
    record Gone() implements MachineState {}
}
