package io.hindcast.history.audit;

import io.hindcast.api.audit.AuditRequested;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One audit as read from its stream.
 *
 * @param compared days compared so far
 * @param ended whether it was completed, cancelled or has failed
 */
public record AuditHistory(AuditRequested requested, SortedSet<LocalDate> compared, boolean ended) {

    public AuditHistory {
        compared = new TreeSet<>(compared);
    }

    /** Returns the days still to compare. */
    public SortedSet<LocalDate> open() {
        NavigableSet<LocalDate> open = new TreeSet<>();
        requested.audit().from().datesUntil(requested.audit().to()).forEach(open::add);
        open.removeAll(compared);
        return open;
    }
}
