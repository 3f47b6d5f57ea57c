package io.hindcast.api.worker;

import io.hindcast.api.training.TrainingProgress;
import java.util.List;
import java.util.Optional;

/**
 * Sign of life of a worker. It is not recorded; its metrics are.
 *
 * @param activity for people, such as {@code training}
 * @param done rounds done
 * @param of most rounds, 0 while that is not known
 * @param unit name of a round
 * @param note short text about the state, such as a loss; may be empty
 * @param log last lines of the worker's log, oldest first, at most {@value #LOG_LINES} of at most {@value #LINE_LENGTH}
 *     characters
 * @param metrics new metrics since the last batch, if there is one
 */
public record Heartbeat(
        String activity,
        int done,
        int of,
        String unit,
        String note,
        List<String> log,
        Optional<TrainingProgress> metrics) {

    /** Most lines of the log. */
    public static final int LOG_LINES = 20;
    /** Most characters of a line; longer ones are cut. */
    public static final int LINE_LENGTH = 200;

    public Heartbeat {
        if (log.size() > LOG_LINES) {
            throw new IllegalArgumentException(log.size() + " lines of log, expected at most " + LOG_LINES);
        }
        log = log.stream()
                .map(line -> line.substring(0, Math.min(line.length(), LINE_LENGTH)))
                .toList();
    }
}
