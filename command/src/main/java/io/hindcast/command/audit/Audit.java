package io.hindcast.command.audit;

import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.audit.CancelAudit;
import io.hindcast.api.audit.CompleteAudit;
import io.hindcast.api.audit.FailAudit;
import io.hindcast.api.audit.RecordAuditDays;
import io.hindcast.api.audit.RequestAudit;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One audit: the days of a version that are compared, and its end, after which nothing changes. {@link AuditProgress}
 * decides.
 */
public class Audit {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private AuditProgress state = AuditProgress.NONE;

    /** For Axon. */
    public Audit() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RequestAudit command) {
        apply(state.decide(command));
    }

    @CommandHandler
    void handle(RecordAuditDays command) {
        apply(state.decide(command));
    }

    @CommandHandler
    void handle(CompleteAudit command) {
        apply(state.decide(command));
    }

    @CommandHandler
    void handle(CancelAudit command) {
        apply(state.decide(command));
    }

    @CommandHandler
    void handle(FailAudit command) {
        apply(state.decide(command));
    }

    private static void apply(Optional<? extends AuditEvent> event) {
        event.ifPresent(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(AuditEvent event) {
        aggregateId = event.audit().toString();
        state = state.evolve(event);
    }
}
