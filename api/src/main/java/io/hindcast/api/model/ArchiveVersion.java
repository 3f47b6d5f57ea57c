package io.hindcast.api.model;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Archives a version: a live one leaves its slot, and its lane leaves; if it was {@code CURRENT}, {@code PREVIOUS}
 * moves up. Refused for {@code BASELINE}, for a purged version, for one that is being promoted, for a live one while a
 * promotion is under way, and for {@code CURRENT} of a pinned model. Repeating it changes nothing.
 */
public record ArchiveVersion(@TargetAggregateIdentifier ModelId model, int number, Attribution decision) {}
