package io.hindcast.api.model;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Begins the promotion of any version that still has its artifact, decided by a person, whatever the policy. Refused
 * while the model is pinned ({@code PINNED}), while another promotion is under way ({@code PROMOTION_RUNNING}), and for
 * a purged version ({@code PURGED}). Repeating it changes nothing.
 */
public record PromoteVersion(@TargetAggregateIdentifier ModelId model, int number, Attribution decision) {}
