package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Joins the lane of a version that is being promoted: it predicts every candle event after {@code cut}.
 *
 * @param cut last candle event that the symbol's lanes had handled when this one joined
 */
public record JoinLane(@TargetAggregateIdentifier ModelId model, int number, LogPosition cut, Instant joinedAt) {}
