package io.hindcast.projections;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.readmodel.ReadModelBuild;
import io.hindcast.readmodel.ReadModelBuilds;
import java.util.concurrent.CompletableFuture;

/** A build that is being filled from the log and that nobody reads yet. Not thread-safe. */
final class PendingBuild {

    private final ReadModelBuilds readModels;
    private final ReadModelProcessors processors;
    private final String builder;
    private final ReadModelProcessors.Running running;
    private final ProgressReporter.Task progress;
    private final CompletableFuture<ReadModelBuild> outcome = new CompletableFuture<>();
    private long goal;

    /** @param builder names this process, which has the lease of the build */
    PendingBuild(
            ReadModelBuilds readModels,
            ReadModelProcessors processors,
            String builder,
            ReadModelBuild build,
            ProgressReporter progress) {
        this.readModels = readModels;
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

    /** Whether the log held nothing at the start. */
    boolean isOfAnEmptyLog() {
        return goal < 0;
    }

    /** Completed with the build once it serves, with an exception if it was given up. */
    CompletableFuture<ReadModelBuild> outcome() {
        return outcome;
    }

    /** Keeps the lease; false if another process took it. */
    boolean keepLease() {
        return readModels.lease(build(), builder);
    }

    /**
     * Global sequence up to which its events are in the tables, and the head of the log, as they were looked at last.
     */
    record Progress(long position, long head) {

        @Override
        public String toString() {
            return "%,d of %,d events".formatted(position, head);
        }
    }

    /** Shows how far it is. */
    Progress look() {
        Progress now = new Progress(Math.max(running.position(), 0), Math.max(processors.head(), 0));
        progress.at(Math.min(now.position, now.head), build().schema());
        readModels.progress(build(), now.position, now.head);
        return now;
    }

    /**
     * Whether it holds all that the log held when this was last asked, or at the start. Asked every second, it is at
     * most that much behind once this is true, also while the log grows.
     */
    boolean hasCaughtUp() {
        boolean reached = running.position() >= goal;
        goal = processors.head();
        return reached;
    }

    /** Done: the build serves. */
    void complete() {
        readModels.release(build(), builder);
        progress.close();
        outcome.complete(build());
    }

    /** Stops filling the build, which stays as it is for whoever goes on with it. */
    void stop(String why) {
        progress.close();
        running.close();
        readModels.release(build(), builder);
        outcome.completeExceptionally(new IllegalStateException(why));
    }
}
