package io.hindcast.api.model;

/**
 * The pin of a model: {@code CURRENT} stays until a person unpins the model.
 *
 * @param version the version in {@code CURRENT} when the model was pinned
 */
public record Pin(VersionId version, Attribution decision) {}
