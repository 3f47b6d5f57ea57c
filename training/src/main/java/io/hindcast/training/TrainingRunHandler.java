package io.hindcast.training;

import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunStarted;
import io.hindcast.api.training.TrainingRunSucceeded;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/** Hands started runs to the worker and takes back those that have ended without it. */
@ProcessingGroup(TrainingRunHandler.PROCESSOR)
@DisallowReplay
public final class TrainingRunHandler {
    /** The event processor that hears of runs. */
    public static final String PROCESSOR = "training";

    private final ProgramLog programs;
    private final TrainingWorker worker;

    TrainingRunHandler(ProgramLog programs, TrainingWorker worker) {
        this.programs = programs;
        this.worker = worker;
    }

    @EventHandler
    public void on(TrainingRunStarted event) {
        if (!programs.hasEnded(event.run())) {
            worker.take(event);
        }
    }

    @EventHandler
    public void on(TrainingRunSucceeded event) {
        worker.drop(event.run());
    }

    @EventHandler
    public void on(TrainingRunFailed event) {
        worker.drop(event.run());
    }
}
