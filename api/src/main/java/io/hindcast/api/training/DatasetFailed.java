package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The dataset of a cycle could not be sliced; the cycle trains nothing. */
@Revision("1")
public record DatasetFailed(Symbol symbol, int cycle, TrainingFailure failure, Instant failedAt)
        implements TrainingEvent {}
