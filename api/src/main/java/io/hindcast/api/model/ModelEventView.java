package io.hindcast.api.model;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry in the history of a model.
 *
 * @param by the person who decided it; empty if it was automatic
 * @param reason in the person's words, or why a version was not promoted
 * @param at market time
 * @param recordedAt wall time
 */
public record ModelEventView(
        VersionId version,
        ModelEventKind kind,
        Optional<String> by,
        Optional<String> reason,
        Instant at,
        Instant recordedAt) {}
