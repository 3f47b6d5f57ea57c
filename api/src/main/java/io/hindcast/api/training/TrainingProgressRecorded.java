package io.hindcast.api.training;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A worker reported metrics of its run.
 *
 * @param recordedAt market time
 */
@Revision("1")
public record TrainingProgressRecorded(TrainingRunId run, TrainingProgress progress, Instant recordedAt) {}
