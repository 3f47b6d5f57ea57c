package io.hindcast.api.audit;

import java.time.LocalDate;
import java.util.List;

/**
 * A UTC day of an audit.
 *
 * @param recordedDigest SHA-256, hexadecimal, over what is recorded
 * @param recomputedDigest the same over what was computed again; equal if all predictions are, bit by bit
 * @param differences the first ones, at most {@link AuditDifference#KEPT_OF_DAY}
 */
public record AuditDay(
        LocalDate day,
        AuditCounts counts,
        String recordedDigest,
        String recomputedDigest,
        List<AuditDifference> differences) {

    public AuditDay {
        differences = List.copyOf(differences);
    }

    /** Returns this day with at most some number of differences. */
    public AuditDay withDifferences(int most) {
        return differences.size() <= most
                ? this
                : new AuditDay(day, counts, recordedDigest, recomputedDigest, differences.subList(0, most));
    }
}
