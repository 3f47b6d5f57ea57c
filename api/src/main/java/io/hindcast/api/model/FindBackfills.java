package io.hindcast.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Query: the latest backfill of each of these versions that has had one. Answered by {@link BackfillViews}.
 *
 * @param asOf market time; empty for now
 */
public record FindBackfills(List<VersionId> versions, Optional<Instant> asOf) {
    public FindBackfills {
        versions = List.copyOf(versions);
    }

    /** A query for now. */
    public FindBackfills(List<VersionId> versions) {
        this(versions, Optional.empty());
    }
}
