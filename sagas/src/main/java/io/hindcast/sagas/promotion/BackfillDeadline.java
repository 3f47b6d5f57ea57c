package io.hindcast.sagas.promotion;

import io.hindcast.api.model.VersionId;

/** Deadline by which a version's backfill must be complete. It may fire late, twice, or after it was completed. */
public record BackfillDeadline(VersionId version) {
    static final String NAME = "backfill";
}
