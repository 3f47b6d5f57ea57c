package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The dataset of a cycle is sliced and stored; its runs may begin. */
@Revision("1")
public record DatasetRecorded(Symbol symbol, int cycle, DatasetRef dataset, Instant recordedAt)
        implements TrainingEvent {}
