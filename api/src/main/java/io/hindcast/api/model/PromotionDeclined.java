package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A version is not promoted automatically. It stays registered, and a person can promote it.
 *
 * @param reason one sentence without a full stop, which begins with "it"
 * @param declinedAt market time
 */
@Revision("1")
public record PromotionDeclined(VersionId version, String reason, Instant declinedAt) implements ModelEvent {}
