package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A version may not be promoted any more, and its artifact is deleted if no other version has the same. Its history and
 * predictions stay.
 *
 * @param purgedAt market time
 */
@Revision("1")
public record VersionPurged(VersionId version, ArtifactRef artifact, Instant purgedAt) implements ModelEvent {}
