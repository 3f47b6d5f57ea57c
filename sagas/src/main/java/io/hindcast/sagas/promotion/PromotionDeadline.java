package io.hindcast.sagas.promotion;

import io.hindcast.api.model.VersionId;

/** Deadline by which a version's lane must have joined. It may fire late, twice, or after the lane has joined. */
public record PromotionDeadline(VersionId version) {
    static final String NAME = "promotion";
}
