package io.hindcast.training.run;

import io.hindcast.api.training.TrainingRunLaunched;
import io.hindcast.api.training.TrainingRunQueued;
import org.jspecify.annotations.Nullable;

/** Decides which run a request is for, by its token. Thread-safe. */
final class RunAccess {

    private static final String SCHEME = "Bearer ";

    private final TrainingLog log;

    RunAccess(TrainingLog log) {
        this.log = log;
    }

    /** A run that goes on, and the launch whose token the request has. */
    record Grant(TrainingRunQueued queued, TrainingRunLaunched launched) {}

    /**
     * Returns the run of a request.
     *
     * @param authorization header of that name; null without one
     * @throws RunRefusedException if there is no such run, it has ended, or another machine was started for it
     */
    Grant grant(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            throw new RunRefusedException(RunRefusedException.Kind.UNKNOWN, "a request needs the token of a run");
        }
        RunToken token = RunToken.parse(authorization.substring(SCHEME.length()).strip())
                .orElseThrow(
                        () -> new RunRefusedException(RunRefusedException.Kind.UNKNOWN, "that is no token of a run"));
        RunState run = log.run(token.run())
                .orElseThrow(() -> new RunRefusedException(
                        RunRefusedException.Kind.UNKNOWN, "there is no such run in the latest training cycle"));
        TrainingRunLaunched launched = run.launched()
                .filter(launch -> token.hasHash(launch.tokenHash()))
                .orElseThrow(() -> new RunRefusedException(
                        RunRefusedException.Kind.UNKNOWN, "the token is not, or no longer, valid for its run"));
        run.end().ifPresent(end -> {
            throw new RunRefusedException(RunRefusedException.Kind.GONE, "run " + token.run() + " is over: " + end);
        });
        return new Grant(run.queued(), launched);
    }
}
