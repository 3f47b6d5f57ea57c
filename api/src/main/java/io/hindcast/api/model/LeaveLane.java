package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Ends the lane of a version that is in no slot any more: it predicted nothing after {@code cut}. */
public record LeaveLane(@TargetAggregateIdentifier ModelId model, int number, LogPosition cut, Instant leftAt) {}
