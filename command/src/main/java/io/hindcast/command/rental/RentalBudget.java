package io.hindcast.command.rental;

import io.hindcast.api.rental.AvoidMachine;
import io.hindcast.api.rental.EndRental;
import io.hindcast.api.rental.RecordRental;
import io.hindcast.api.rental.RentalBudgetId;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.rental.ReserveRental;
import io.hindcast.api.rental.SetRentalLimits;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The money of rented machines, of all symbols together: what was spent, what is reserved, and the limits that no
 * reservation may pass. {@link RentalBudgetState} decides.
 */
public class RentalBudget {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // read by Axon
    private @Nullable String aggregateId;

    private RentalBudgetState state = RentalBudgetState.EMPTY;

    /** For Axon. */
    public RentalBudget() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SetRentalLimits command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ReserveRental command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordRental command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(AvoidMachine command) {
        apply(state.decide(command));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndRental command) {
        apply(state.decide(command));
    }

    private static void apply(List<RentalEvent> events) {
        events.forEach(AggregateLifecycle::apply);
    }

    @EventSourcingHandler
    void on(RentalEvent event) {
        aggregateId = RentalBudgetId.ID;
        state = state.evolve(event);
    }
}
