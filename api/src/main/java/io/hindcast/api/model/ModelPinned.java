package io.hindcast.api.model;

import org.axonframework.serialization.Revision;

/**
 * A person pinned the model: no promotion replaces its {@code CURRENT} until it is unpinned.
 *
 * @param version the version in {@code CURRENT}
 */
@Revision("1")
public record ModelPinned(VersionId version, Attribution decision) implements ModelEvent {}
