package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The past of a version is complete. */
@Revision("1")
public record BackfillCompleted(VersionId version, Backfill backfill, Instant completedAt) implements ModelEvent {}
