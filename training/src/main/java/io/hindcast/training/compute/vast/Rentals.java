package io.hindcast.training.compute.vast;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.rental.AvoidMachine;
import io.hindcast.api.rental.EndRental;
import io.hindcast.api.rental.RecordRental;
import io.hindcast.api.rental.RentalBudgetId;
import io.hindcast.api.rental.RentalEvent;
import io.hindcast.api.rental.RentalId;
import io.hindcast.api.rental.RentalLimits;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.api.rental.ReserveRental;
import io.hindcast.api.rental.SetRentalLimits;
import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** The rental budget: its events, and the commands that change it. Not thread-safe. */
final class Rentals {

    private static final long SECONDS = 10;

    private final EventStore events;
    private final CommandGateway commands;
    private final InstantSource wallClock;
    private RentalBook book = RentalBook.EMPTY;
    private long sequence = -1;

    Rentals(EventStore events, CommandGateway commands, InstantSource wallClock) {
        this.events = events;
        this.commands = commands;
        this.wallClock = wallClock;
    }

    Instant now() {
        return wallClock.instant();
    }

    /** Returns the rentals with all events stored so far. */
    RentalBook book() {
        DomainEventStream stream = events.readEvents(RentalBudgetId.ID, sequence + 1);
        while (stream.hasNext()) {
            DomainEventMessage<?> event = stream.next();
            if (event.getPayload() instanceof RentalEvent rental) {
                book = book.after(rental);
            }
            sequence = event.getSequenceNumber();
        }
        return book;
    }

    void setLimits(RentalLimits limits) {
        send(new SetRentalLimits(limits, now()));
    }

    /**
     * Reserves money.
     *
     * @return why it was refused; empty if it was not
     */
    Optional<Refusal> reserve(TrainingRunId run, RentalOffer offer, Duration atMost) {
        try {
            send(new ReserveRental(new RentalId(run, book().next(run)), offer, atMost, now()));
            return Optional.empty();
        } catch (RuntimeException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null) {
                throw e;
            }
            return Optional.of(refusal);
        }
    }

    void rented(RentalBook.Entry entry, long contract) {
        send(new RecordRental(entry.reserved().rental(), contract, now()));
    }

    void avoid(RentalBook.Entry entry, String reason) {
        send(new AvoidMachine(entry.reserved().rental(), reason, now()));
    }

    void end(RentalBook.Entry entry, String reason) {
        send(new EndRental(entry.reserved().rental(), reason, now()));
    }

    private void send(Object command) {
        commands.sendAndWait(command, SECONDS, TimeUnit.SECONDS);
    }
}
