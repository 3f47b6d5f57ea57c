package io.hindcast.sagas.training;

import io.hindcast.api.model.VersionId;

/** Deadline: this version's lane should have joined by now. It may come late, twice, or when it has long joined. */
public record PromotionDeadline(VersionId version) {
    static final String NAME = "promotion";
}
