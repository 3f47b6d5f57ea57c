package io.hindcast.api.audit;

/**
 * The result of a whole audit.
 *
 * @param recordedDigest SHA-256, hexadecimal, over the days' recorded digests in order
 * @param recomputedDigest the same over their recomputed digests
 */
public record AuditResult(AuditCounts counts, String recordedDigest, String recomputedDigest) {}
