package io.hindcast.api.model;

import org.axonframework.serialization.Revision;

/**
 * A person unpinned the model.
 *
 * @param version the version in {@code CURRENT}
 */
@Revision("1")
public record ModelUnpinned(VersionId version, Attribution decision) implements ModelEvent {}
