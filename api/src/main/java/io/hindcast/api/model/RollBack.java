package io.hindcast.api.model;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Swaps {@code CURRENT} and {@code PREVIOUS}, at once: both lanes predict. Repeating it changes nothing, since the
 * version it names is not {@code CURRENT} any more. Refused without a {@code PREVIOUS} ({@code NO_PREVIOUS}), while a
 * promotion is under way, and while the model is pinned.
 *
 * @param number the version in {@code CURRENT}, which is rolled back
 */
public record RollBack(@TargetAggregateIdentifier ModelId model, int number, Attribution decision) {}
