package io.hindcast.history.audit;

import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDaysCompared;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditRequested;
import java.time.LocalDate;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads audits from the log. Thread-safe. */
public final class AuditLog {

    private final EventStore events;

    public AuditLog(EventStore events) {
        this.events = events;
    }

    /** Returns an audit as of now; empty if the log has nothing of it. */
    public Optional<AuditHistory> read(AuditId audit) {
        DomainEventStream stream = events.readEvents(audit.toString(), 0);
        AuditRequested requested = null;
        NavigableSet<LocalDate> compared = new TreeSet<>();
        boolean ended = false;
        while (stream.hasNext()) {
            Object payload = stream.next().getPayload();
            if (payload instanceof AuditRequested event) {
                requested = event;
            } else if (payload instanceof AuditDaysCompared event) {
                event.days().stream().map(AuditDay::day).forEach(compared::add);
            } else if (payload instanceof AuditEvent) {
                ended = true;
            }
        }
        return requested == null ? Optional.empty() : Optional.of(new AuditHistory(requested, compared, ended));
    }
}
