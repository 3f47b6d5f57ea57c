package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The version predicted candle events up to and including {@code cut} and none after it. */
@Revision("1")
public record LaneLeft(VersionId version, LogPosition cut, Instant leftAt) implements ModelEvent {}
