package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A cycle was cancelled; the failures of its unfinished runs follow.
 *
 * @param by a person, or the deadline that passed
 */
@Revision("1")
public record TrainingCycleCancelled(Symbol symbol, int cycle, String by, String reason, Instant cancelledAt)
        implements TrainingEvent {}
