package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A backfill was requested for a version with a lane.
 *
 * @param requestedAt market time; what became known later is left to the lane
 */
@Revision("1")
public record BackfillRequested(VersionId version, String reason, Instant requestedAt) implements ModelEvent {}
