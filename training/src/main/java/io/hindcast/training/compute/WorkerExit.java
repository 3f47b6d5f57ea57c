package io.hindcast.training.compute;

import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.worker.ExitCode;

/** Explains how a worker process ended without a result. */
public final class WorkerExit {

    private static final String LESS = "or learn from fewer days (hindcast.sagas.history-days)";

    private WorkerExit() {}

    /**
     * Explains an exit code.
     *
     * @param log end of the process's log
     */
    public static TrainingFailure of(int code, String log) {
        return switch (ExitCode.of(code).orElse(null)) {
            case OUT_OF_MEMORY ->
                new TrainingFailure(
                        "the worker ran out of memory" + quoted(log),
                        "Give it a larger heap (hindcast.training.worker.heap-megabytes), " + LESS,
                        false);
            case UNREACHABLE ->
                new TrainingFailure("the worker could not reach the platform" + quoted(log), "It is tried again", true);
            case DONE, LOST, FAILED ->
                new TrainingFailure("the worker ended without a result" + quoted(log), "It is tried again", true);
            case null ->
                code > 128
                        ? new TrainingFailure(
                                "the worker was killed by signal " + (code - 128) + quoted(log),
                                "See whether the machine ran out of memory; it is tried again",
                                true)
                        : new TrainingFailure(
                                "the worker ended with code " + code + quoted(log), "It is tried again", true);
        };
    }

    /** Explains a process whose exit code is not known, because another process started it. */
    public static TrainingFailure unknown(String log) {
        return new TrainingFailure("the worker ended without a result" + quoted(log), "It is tried again", true);
    }

    public static TrainingFailure tooLarge(long megabytes, long limit, String log) {
        return new TrainingFailure(
                "the worker used " + megabytes + " MB, more than its limit of " + limit + " MB, and was killed"
                        + quoted(log),
                "Raise hindcast.training.worker.memory-megabytes, " + LESS,
                false);
    }

    /** Explains a process that was killed at its memory limit, without its own measurement. */
    public static TrainingFailure overLimit(long limit, String log) {
        return new TrainingFailure(
                "the worker used more than its limit of " + limit + " MB and was killed" + quoted(log),
                "Raise hindcast.training.worker.memory-megabytes, " + LESS,
                false);
    }

    /** Returns the end of a log as the end of a sentence; empty without one. */
    public static String quoted(String log) {
        return log.isBlank() ? "" : "; its log ends: " + log;
    }
}
