package io.hindcast.training;

import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.runtime.Outages;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/** Passes started runs to the worker, and cancels those that ended elsewhere. */
@ProcessingGroup(TrainingRunHandler.PROCESSOR)
@DisallowReplay
public final class TrainingRunHandler {
    /** Name of the event processor. */
    public static final String PROCESSOR = "training";

    private final TrainingProgramLog programs;
    private final TrainingWorker worker;
    private final Outages outages;

    TrainingRunHandler(TrainingProgramLog programs, TrainingWorker worker, Outages outages) {
        this.programs = programs;
        this.worker = worker;
        this.outages = outages;
    }

    @EventHandler
    public void on(TrainingRunQueued event) {
        if (!programs.hasEnded(event.run())) {
            worker.take(event);
        }
    }

    @EventHandler
    public void on(TrainingRunSucceeded event) {
        worker.drop(event.run());
        outages.over(part(event.run()));
    }

    /** Handles a failure reported by the worker, by a deadline, or by the program after too many crashes. */
    @EventHandler
    public void on(TrainingRunFailed event) {
        worker.drop(event.run());
        outages.degraded(
                part(event.run()),
                "Run " + event.run() + " failed: " + event.failure().reason(),
                event.failure().remedy());
    }

    private static String part(TrainingRunId run) {
        return "training of " + run.model();
    }
}
