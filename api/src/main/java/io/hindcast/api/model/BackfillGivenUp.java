package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The backfill of a version was given up: its past stays incomplete until another one is requested. */
@Revision("1")
public record BackfillGivenUp(VersionId version, String reason, Instant givenUpAt) implements ModelEvent {}
