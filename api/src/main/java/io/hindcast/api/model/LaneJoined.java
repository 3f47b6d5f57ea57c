package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The version predicts everything after {@code cut}; what is at or before it belongs to reconciliation. */
@Revision("1")
public record LaneJoined(VersionId version, LogPosition cut, Instant joinedAt) implements ModelEvent {}
