package io.hindcast.training.run;

import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import java.util.Optional;

/**
 * A run of a symbol's latest cycle.
 *
 * @param queued with everything that decides its result
 * @param launched machine started last; empty if there was none
 * @param worker that has claimed it; empty if none has since it was queued or released
 * @param end how it ended, for people; empty while it goes on
 */
public record RunState(
        TrainingRunQueued queued,
        Optional<TrainingRunLaunched> launched,
        Optional<String> worker,
        Optional<String> end) {

    static RunState of(TrainingRunQueued queued) {
        return new RunState(queued, Optional.empty(), Optional.empty(), Optional.empty());
    }

    RunState launchedAs(TrainingRunLaunched event) {
        return new RunState(queued, Optional.of(event), worker, end);
    }

    RunState claimedBy(String name) {
        return new RunState(queued, launched, Optional.of(name), end);
    }

    RunState released() {
        return new RunState(queued, launched, Optional.empty(), end);
    }

    RunState ended(String how) {
        return new RunState(queued, launched, worker, Optional.of(how));
    }

    /** Returns the name under which the worker of the launched machine claims the run. */
    static String worker(TrainingRunLaunched launched) {
        return launched.provider() + ":" + launched.machine() + "#" + launched.launch();
    }
}
