package io.hindcast.training.dispatch;

import io.hindcast.api.training.TrainingCycleCancelled;
import io.hindcast.api.training.TrainingCycleRequested;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingRunQueued;
import io.hindcast.api.training.TrainingRunSucceeded;
import io.hindcast.runtime.Outages;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/** Notes the work that events open, and reports failed runs as outages. */
@ProcessingGroup(TrainingEvents.PROCESSOR)
@DisallowReplay
public final class TrainingEvents {

    /** Name of the event processor. */
    public static final String PROCESSOR = "training";

    private final OpenWork work;
    private final Outages outages;

    public TrainingEvents(OpenWork work, Outages outages) {
        this.work = work;
        this.outages = outages;
    }

    @EventHandler
    public void on(TrainingCycleRequested event) {
        work.add(event.symbol());
    }

    @EventHandler
    public void on(TrainingRunQueued event) {
        work.add(event.run());
    }

    @EventHandler
    public void on(TrainingRunSucceeded event) {
        outages.over(part(event.run()));
        work.changed();
    }

    /** Handles a failure reported by a worker, a deadline, a person or the dispatcher. */
    @EventHandler
    public void on(TrainingRunFailed event) {
        outages.degraded(
                part(event.run()),
                "Run " + event.run() + " failed: " + event.failure().reason(),
                event.failure().remedy());
        work.changed();
    }

    @EventHandler
    public void on(TrainingCycleCancelled event) {
        work.changed();
    }

    private static String part(TrainingRunId run) {
        return "training of " + run.model();
    }
}
