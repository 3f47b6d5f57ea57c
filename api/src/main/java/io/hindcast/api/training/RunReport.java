package io.hindcast.api.training;

import io.hindcast.api.worker.Heartbeat;
import java.time.Duration;

/**
 * What the worker of a training run reported last. It is not recorded, and is lost when the platform restarts, until
 * the next heartbeat.
 *
 * @param heartbeat without its metrics
 * @param age time since then
 */
public record RunReport(TrainingRunId run, Heartbeat heartbeat, Duration age) {}
