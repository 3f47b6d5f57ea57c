package io.hindcast.api.model;

import java.util.List;

/** Query: the latest backfill of each of these versions that has had one. Answered by {@link BackfillViews}. */
public record FindBackfills(List<VersionId> versions) {
    public FindBackfills {
        versions = List.copyOf(versions);
    }
}
