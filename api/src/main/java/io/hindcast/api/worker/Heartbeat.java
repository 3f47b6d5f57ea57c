package io.hindcast.api.worker;

import io.hindcast.api.training.TrainingProgress;
import java.util.Optional;

/**
 * Sign of life of a worker. It is not recorded; its metrics are.
 *
 * @param activity for people, such as {@code training}
 * @param done rounds done
 * @param of most rounds, 0 while that is not known
 * @param unit name of a round
 * @param note short text about the state, such as a loss; may be empty
 * @param metrics new metrics since the last batch, if there is one
 */
public record Heartbeat(
        String activity, int done, int of, String unit, String note, Optional<TrainingProgress> metrics) {}
