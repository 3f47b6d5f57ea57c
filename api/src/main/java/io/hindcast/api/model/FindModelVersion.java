package io.hindcast.api.model;

/** Query: one version. Answered by an {@code Optional} of {@link ModelVersionView}. */
public record FindModelVersion(VersionId version) {}
