package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The version predicted up to and including {@code cut} and nothing after it. */
@Revision("1")
public record LaneLeft(VersionId version, LogPosition cut, Instant leftAt) implements ModelEvent {}
