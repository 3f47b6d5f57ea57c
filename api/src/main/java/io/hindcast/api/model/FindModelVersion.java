package io.hindcast.api.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Query: one version. Answered by an {@code Optional} of {@link ModelVersionView}.
 *
 * @param asOf market time; empty for now
 */
public record FindModelVersion(VersionId version, Optional<Instant> asOf) {
    /** A query for now. */
    public FindModelVersion(VersionId version) {
        this(version, Optional.empty());
    }
}
