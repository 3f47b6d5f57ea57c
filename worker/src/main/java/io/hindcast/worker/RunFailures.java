package io.hindcast.worker;

import io.hindcast.api.training.TrainingFailure;
import io.hindcast.ml.hub.HubException;
import io.hindcast.ml.memory.InsufficientMemoryException;
import io.hindcast.ml.train.TimeBudgetException;

/**
 * Converts exceptions to run failures with reason and remedy. A failure that is due to data or parameters is not
 * retryable.
 */
final class RunFailures {

    static final String LESS = "learn from fewer days (hindcast.sagas.history-days)";

    private RunFailures() {}

    static TrainingFailure of(Throwable failure) {
        String message = message(failure);
        return switch (failure) {
            case InsufficientMemoryException shortage -> new TrainingFailure(message, remedy(shortage), false);
            case OutOfMemoryError _ ->
                new TrainingFailure(
                        "it ran out of memory (" + message + ")",
                        "Give workers a larger heap (hindcast.training.worker.heap-megabytes), or " + LESS,
                        false);
            case LinkageError _ ->
                new TrainingFailure(
                        "a native library does not load (" + message + ")",
                        "Install what it names, such as libgomp1, and start again",
                        false);
            case TimeBudgetException _ -> new TrainingFailure(message, "Raise hindcast.training.time-budget", false);
            case ArithmeticException _ ->
                new TrainingFailure(message, "Train again on newer data, or with fewer rounds", false);
            case IllegalArgumentException _ ->
                new TrainingFailure(
                        message, "Train again once more is recorded, or widen hindcast.sagas.history-days", false);
            case HubException _ ->
                new TrainingFailure(message, "It is tried again; see that the hub can be reached", true);
            default -> new TrainingFailure(message, "It is tried again; the log has the details", true);
        };
    }

    private static String remedy(InsufficientMemoryException shortage) {
        return switch (shortage.room()) {
            case HEAP ->
                "Give workers a larger heap (hindcast.training.worker.heap-megabytes=" + shortage.neededMegabytes()
                        + "), "
                        + LESS
                        + ", or choose a smaller preset (hindcast.training.tst.preset, hindcast.training.trl.preset)";
            case MACHINE ->
                "Give the machine, or workers (hindcast.training.worker.memory-megabytes), more memory, " + LESS
                        + ", or choose a smaller preset (hindcast.training.tst.preset, hindcast.training.trl.preset)";
        };
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
