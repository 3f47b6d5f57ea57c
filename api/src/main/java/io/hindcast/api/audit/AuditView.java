package io.hindcast.api.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * An audit in its read model; all times are market time.
 *
 * @param reason of the request
 * @param daysDone days compared so far
 * @param counts over these days
 * @param result once it is completed
 * @param note reason of its cancellation or failure
 */
public record AuditView(
        AuditId audit,
        AuditState state,
        String reason,
        Instant requestedAt,
        int daysDone,
        AuditCounts counts,
        Optional<AuditResult> result,
        Optional<String> note,
        Optional<Instant> endedAt) {}
