package io.hindcast.projections;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.ReadModelBuilds;
import java.util.concurrent.CompletableFuture;

/** A build that is being filled from the log and does not serve yet. Not thread-safe. */
final class PendingBuild {

    private final ReadModelBuilds builds;
    private final ReadModelProcessors processors;
    private final String builder;
    private final ReadModelProcessors.Running running;
    private final ProgressReporter.Task progress;
    private final CompletableFuture<ReadModelBuild> outcome = new CompletableFuture<>();
    private long goal;

    /** @param builder identity of this process, which holds the lease of the build */
    PendingBuild(
            ReadModelBuilds builds,
            ReadModelProcessors processors,
            String builder,
            ReadModelBuild build,
            ProgressReporter progress) {
        this.builds = builds;
        this.processors = processors;
        this.builder = builder;
        this.goal = processors.head();
        this.running = processors.start(build);
        this.progress = progress.begin("Building the read models", Math.max(goal, 1), "events");
    }

    ReadModelProcessors.Running running() {
        return running;
    }

    ReadModelBuild build() {
        return running.build();
    }

    /** Returns whether the log was empty at the start. */
    boolean isOfAnEmptyLog() {
        return goal < 0;
    }

    /** Completes with the build once it serves, or exceptionally if filling it stops before. */
    CompletableFuture<ReadModelBuild> outcome() {
        return outcome;
    }

    /** Renews the lease; false if another process took it. */
    boolean renewLease() {
        return builds.lease(build(), builder);
    }

    /**
     * How much of the log is in the tables, in global sequences.
     *
     * @param position last event in the tables
     * @param head last event of the log
     */
    record Progress(long position, long head) {

        @Override
        public String toString() {
            return "%,d of %,d events".formatted(position, head);
        }
    }

    /** Reports the progress on the console and to readers, and returns it. */
    Progress reportProgress() {
        Progress now = new Progress(Math.max(running.position(), 0), Math.max(processors.head(), 0));
        progress.at(Math.min(now.position, now.head), build().schema());
        builds.progress(build(), now.position, now.head);
        return now;
    }

    /**
     * Returns whether the build holds every event that the log held at the previous call, or at the start. Called once
     * a second, it thus becomes true on a growing log too, when the build is at most a second behind.
     */
    boolean hasCaughtUp() {
        boolean reached = running.position() >= goal;
        goal = processors.head();
        return reached;
    }

    /** Ends the work on the build, which serves from now on. */
    void complete() {
        builds.release(build(), builder);
        progress.close();
        outcome.complete(build());
    }

    /** Stops filling the build and gives the lease back; the build stays as it is, for another process to continue. */
    void stop(String reason) {
        progress.close();
        running.close();
        builds.release(build(), builder);
        outcome.completeExceptionally(new IllegalStateException(reason));
    }
}
