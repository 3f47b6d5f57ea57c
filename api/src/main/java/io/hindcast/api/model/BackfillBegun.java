package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * The days of a version's backfill are being computed.
 *
 * @param from first moment to be covered, the start of a UTC day
 * @param to last moment to be covered; market time
 * @param days UTC days to be covered
 */
@Revision("1")
public record BackfillBegun(VersionId version, Instant from, Instant to, int days, Instant begunAt)
        implements ModelEvent {}
