package io.hindcast.api.training;

import io.hindcast.api.model.LabelSpec;
import java.time.Instant;

/**
 * The label, data and seed of a training cycle, the same for all its runs.
 *
 * @param label the outcome that is learned
 * @param dataFrom open time of the first bar to train on
 * @param dataTo open time of the last bar to train on
 * @param seed of every random choice
 */
public record TrainingSpec(LabelSpec label, Instant dataFrom, Instant dataTo, long seed) {}
