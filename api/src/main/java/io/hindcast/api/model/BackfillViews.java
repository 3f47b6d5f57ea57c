package io.hindcast.api.model;

import java.util.List;

/** The latest backfills of versions, each at most once. */
public record BackfillViews(List<BackfillView> backfills) {
    public BackfillViews {
        backfills = List.copyOf(backfills);
    }
}
