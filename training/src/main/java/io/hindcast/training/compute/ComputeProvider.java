package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingRunId;
import java.util.Set;

/**
 * A source of machines, one for a run. A machine's name is derived from its run, so that a restarted platform finds the
 * machines of the one before and never starts a second one for a run.
 *
 * <p>The dispatcher calls all methods on its own thread, one at a time. A method that cannot reach the provider throws,
 * and is called again later; it must not take an unanswered question for the answer that there is nothing.
 */
public interface ComputeProvider extends AutoCloseable {

    /** Returns the provider's name as it is recorded, such as {@code local}. */
    String name();

    /** Returns the name of a run's machine. */
    String machine(TrainingRunId run);

    /** Returns how many machines there may be at a time. */
    int capacity();

    /**
     * Starts the machine of a run, unless it is there already, and returns without waiting for it to be ready.
     *
     * @throws ComputeException if it cannot be started now; it is tried again
     * @throws StartRefusedException if the provider refuses it; the run fails with the reason
     */
    void start(MachineRequest request);

    /** Looks at the machine of a run. */
    MachineState look(TrainingRunId run);

    /**
     * Ends the machine of a run for good; does nothing if there is none.
     *
     * @return whether it is gone; if not, it is called again until it is
     */
    boolean release(TrainingRunId run);

    /** Returns the runs of all machines there are, ended ones included. Machines of others are not among them. */
    Set<TrainingRunId> machines();

    /** Releases what this process holds for the provider, such as connections and child processes. */
    @Override
    void close();
}
