package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** The version did not go live, for this reason (a corrupt artifact, golden rows that came out differently). */
@Revision("1")
public record PromotionAbandoned(VersionId version, String reason, Instant abandonedAt) implements ModelEvent {}
