package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A cycle has ended; the next may begin. */
@Revision("1")
public record TrainingCycleEnded(Symbol symbol, int cycle, int succeeded, int failed, Instant endedAt)
        implements TrainingEvent {}
