package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The version predicts every candle event after {@code cut}; its backfill computes the earlier ones. */
@Revision("1")
public record LaneJoined(VersionId version, LogPosition cut, Instant joinedAt) implements ModelEvent {}
