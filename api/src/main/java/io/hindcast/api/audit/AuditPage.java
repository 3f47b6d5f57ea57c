package io.hindcast.api.audit;

import java.util.List;

/**
 * A page of audits.
 *
 * @param cursors one for each audit
 */
public record AuditPage(List<AuditView> audits, List<String> cursors, boolean hasNext) {
    public AuditPage {
        audits = List.copyOf(audits);
        cursors = List.copyOf(cursors);
    }
}
