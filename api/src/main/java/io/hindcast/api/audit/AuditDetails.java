package io.hindcast.api.audit;

import java.util.List;

/**
 * An audit with its days.
 *
 * @param days compared days in order, each with the differences kept of it
 */
public record AuditDetails(AuditView audit, List<AuditDay> days) {
    public AuditDetails {
        days = List.copyOf(days);
    }
}
