package io.hindcast.api.audit;

import java.util.Optional;

/**
 * A feature of a bar.
 *
 * @param then computed from the day files that this machine kept of the log; empty without files or a value. Features
 *     are not recorded with predictions
 * @param now computed from the log; empty without a value
 */
public record AuditFeature(String name, Optional<Double> then, Optional<Double> now) {}
