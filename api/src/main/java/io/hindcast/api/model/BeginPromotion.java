package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Asks to make a registered version live. One promotion of a model at a time; repeating it changes nothing. */
public record BeginPromotion(@TargetAggregateIdentifier ModelId model, int number, Instant begunAt) {}
