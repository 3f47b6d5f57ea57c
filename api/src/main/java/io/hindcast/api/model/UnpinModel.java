package io.hindcast.api.model;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Unpins a model, so that versions are promoted again. Repeating it changes nothing.
 *
 * @param number the version in {@code CURRENT}
 */
public record UnpinModel(@TargetAggregateIdentifier ModelId model, int number, Attribution decision) {}
