package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Begins the promotion of a registered version. One promotion of a model at a time; repeating it changes nothing. */
public record BeginPromotion(@TargetAggregateIdentifier ModelId model, int number, Instant begunAt) {}
