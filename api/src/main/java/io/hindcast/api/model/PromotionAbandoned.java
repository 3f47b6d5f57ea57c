package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The version did not go live, for a reason such as a corrupt artifact or golden rows with other scores. */
@Revision("1")
public record PromotionAbandoned(VersionId version, String reason, Instant abandonedAt) implements ModelEvent {}
