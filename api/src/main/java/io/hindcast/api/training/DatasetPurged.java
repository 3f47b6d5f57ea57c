package io.hindcast.api.training;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ArtifactRef;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A dataset is not read any more: its manifest is deleted, and each part that no other dataset has.
 *
 * @param purgedAt market time
 */
@Revision("1")
public record DatasetPurged(Symbol symbol, ArtifactRef manifest, Instant purgedAt) implements TrainingEvent {}
