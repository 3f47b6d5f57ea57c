package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Says that the version predicts every candle event after {@code cut}.
 *
 * @param cut last candle event the symbol's lanes had handled when this one joined
 */
public record JoinLane(@TargetAggregateIdentifier ModelId model, int number, LogPosition cut, Instant joinedAt) {}
