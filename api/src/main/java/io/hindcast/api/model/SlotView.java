package io.hindcast.api.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A period in which a version was live in a slot, by market time.
 *
 * @param to exclusive; empty while it lasts
 */
public record SlotView(VersionId version, Slot slot, Instant from, Optional<Instant> to) {}
