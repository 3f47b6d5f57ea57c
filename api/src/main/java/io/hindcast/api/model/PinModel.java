package io.hindcast.api.model;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Pins a model: {@code CURRENT} stays until the model is unpinned. Refused while a promotion is under way. Repeating it
 * changes nothing.
 *
 * @param number the version in {@code CURRENT}
 */
public record PinModel(@TargetAggregateIdentifier ModelId model, int number, Attribution decision) {}
