package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Says that a version which no slot holds any more predicted nothing after {@code cut}. */
public record LeaveLane(@TargetAggregateIdentifier ModelId model, int number, LogPosition cut, Instant leftAt) {}
