package io.hindcast.training.compute.vast;

import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.runtime.BoundedMap;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step at a time from a run's request to its machine, and from its machine to none. Not thread-safe. */
final class RentedMachines {

    private static final Logger log = LoggerFactory.getLogger(RentedMachines.class);

    /** Time between two requests to destroy the same instance. */
    private static final Duration DESTROY_AGAIN = Duration.ofSeconds(30);

    private static final int MOST_REMEMBERED = 200;

    private final VastClient client;
    private final VastLabels labels;
    private final Rentals rentals;
    private final InstanceListing listing;
    private final Renting renting;
    private final Waits waits;
    private final Predicate<TrainingRunId> claimed;
    /** Since when a run's host has not been heard of. */
    private final Map<TrainingRunId, Instant> awaySince = new HashMap<>();

    private final Map<Long, Instant> destroyedAt = new BoundedMap<>(MOST_REMEMBERED);

    /**
     * Limits of time.
     *
     * @param appear time in which a machine may appear after a request without a clear answer
     * @param away time without a sign of a machine's host after which it is given up
     * @param start time after which a machine whose worker has not begun is to blame
     */
    record Waits(Duration appear, Duration away, Duration start) {}

    /** @param claimed whether a run's worker has begun */
    RentedMachines(
            VastClient client,
            VastLabels labels,
            Rentals rentals,
            InstanceListing listing,
            Renting renting,
            Waits waits,
            Predicate<TrainingRunId> claimed) {
        this.client = client;
        this.labels = labels;
        this.rentals = rentals;
        this.listing = listing;
        this.renting = renting;
        this.waits = waits;
        this.claimed = claimed;
    }

    /**
     * Takes the next step towards a run's machine, or looks at it.
     *
     * @param request empty if this process was not asked for the machine
     * @throws VastException if the API does not answer; nothing has changed
     */
    MachineState advance(TrainingRunId run, Optional<MachineRequest> request) {
        Optional<RentalBook.Entry> rental = rentals.book().open(run);
        if (rental.isPresent()) {
            Optional<Long> contract = rental.get().contract();
            if (contract.isPresent()) {
                return watch(run, rental.get(), contract.get());
            }
            return search(run, rental.get()) == Search.ABSENT && request.isEmpty()
                    ? new MachineState.Gone()
                    : new MachineState.Starting(Optional.empty());
        }
        return request.isEmpty() ? new MachineState.Gone() : rent(request.get());
    }

    /** Returns the state of a machine that cannot be looked at. */
    MachineState assumed(TrainingRunId run) {
        return claimed.test(run) ? new MachineState.Running() : new MachineState.Starting(Optional.empty());
    }

    /**
     * Looks for an instance of the run before one is created: an earlier launch may have left one, with a void token.
     */
    private MachineState rent(MachineRequest request) {
        TrainingRunId run = request.run();
        List<VastInstance> found = listing.find(run);
        if (!found.isEmpty()) {
            destroyOrphans(run, found);
            return new MachineState.Starting(Optional.empty());
        }
        if (!listing.isGone(run)) {
            return new MachineState.Starting(Optional.empty());
        }
        listing.forget(run);
        return renting.rent(request);
    }

    /** Result of looking for the machine of a reservation. */
    private enum Search {
        FOUND,
        WAITING,
        ABSENT
    }

    /** Finds out by reading alone whether the machine of a reservation exists. */
    private Search search(TrainingRunId run, RentalBook.Entry rental) {
        List<VastInstance> found = listing.find(run);
        if (!found.isEmpty()) {
            log.info("Instance {} of {} is found", found.getFirst().id(), run);
            rentals.rented(rental, found.getFirst().id());
            return Search.FOUND;
        }
        if (rentals.now().isBefore(rental.reserved().reservedAt().plus(waits.appear()))) {
            listing.forget(run);
            return Search.WAITING;
        }
        if (!listing.isGone(run)) {
            return Search.WAITING;
        }
        listing.forget(run);
        rentals.end(rental, "its machine never appeared");
        return Search.ABSENT;
    }

    private MachineState watch(TrainingRunId run, RentalBook.Entry rental, long contract) {
        Optional<VastInstance> shown = client.show(contract);
        if (shown.isEmpty()) {
            shown = listing.find(run).stream().findFirst();
        } else {
            listing.forget(run);
        }
        if (shown.isEmpty()) {
            return listing.isGone(run) ? vanished(run, rental) : assumed(run);
        }
        VastInstance instance = own(run, shown.get());
        Optional<Verdict> verdict = Verdict.of(instance, rental, rentals.now(), away(run, instance), waits.away());
        if (verdict.isEmpty()) {
            return assumed(run);
        }
        log.warn(
                "Instance {} of {} is given up: {}",
                contract,
                run,
                verdict.get().failure().reason());
        if (verdict.get().avoid()) {
            rentals.avoid(rental, verdict.get().failure().reason());
        }
        return new MachineState.Ended(verdict.get().failure());
    }

    private MachineState vanished(TrainingRunId run, RentalBook.Entry rental) {
        TrainingFailure failure = new TrainingFailure(
                "its machine was taken away by its host or by Vast.ai", "It is tried again on another machine", true);
        listing.forget(run);
        rentals.avoid(rental, failure.reason());
        rentals.end(rental, failure.reason());
        return new MachineState.Ended(failure);
    }

    private VastInstance own(TrainingRunId run, VastInstance instance) {
        if (!instance.label().equals(labels.of(run))) {
            throw new VastException(
                    VastException.Kind.UNCLEAR,
                    "instance " + instance.id() + " is no longer labelled " + labels.of(run)
                            + " and is not touched; destroy it by hand if it is this platform's");
        }
        return instance;
    }

    private Duration away(TrainingRunId run, VastInstance instance) {
        if (!Verdict.isAway(instance)) {
            awaySince.remove(run);
            return Duration.ZERO;
        }
        Instant now = rentals.now();
        Instant since = awaySince.putIfAbsent(run, now);
        return since == null ? Duration.ZERO : Duration.between(since, now);
    }

    /**
     * Takes the next step towards a run without a machine.
     *
     * @return whether it certainly has none
     * @throws VastException if the API does not answer
     */
    boolean release(TrainingRunId run, String reason) {
        Optional<RentalBook.Entry> open = rentals.book().open(run);
        if (open.isEmpty()) {
            if (!listing.runs().contains(run)) {
                awaySince.remove(run);
                return true;
            }
            destroyOrphans(run, listing.find(run));
            return false;
        }
        blameIfItNeverStarted(run, open.get());
        Optional<Long> contract = open.get().contract();
        if (contract.isEmpty()) {
            return search(run, open.get()) == Search.ABSENT;
        }
        List<VastInstance> found = listing.find(run);
        if (!found.isEmpty()) {
            found.forEach(this::destroy);
            return false;
        }
        if (!listing.isGone(run)) {
            return false;
        }
        Optional<VastInstance> left = client.show(contract.get());
        if (left.isPresent()) {
            destroy(own(run, left.get()));
            return false;
        }
        listing.forget(run);
        awaySince.remove(run);
        rentals.end(open.get(), reason);
        return true;
    }

    private void blameIfItNeverStarted(TrainingRunId run, RentalBook.Entry rental) {
        Instant limit = rental.reserved().reservedAt().plus(waits.start());
        if (!claimed.test(run)
                && rental.contract().isPresent()
                && !rentals.now().isBefore(limit)) {
            rentals.avoid(rental, "its worker did not begin in time");
        }
    }

    /** Destroys instances without an open rental. One that appeared after its rental ended costs money from then on. */
    private void destroyOrphans(TrainingRunId run, List<VastInstance> found) {
        RentalBook.Entry latest = rentals.book().latest().get(run);
        if (!found.isEmpty() && latest != null && latest.contract().isEmpty()) {
            rentals.rented(latest, found.getFirst().id());
        }
        found.forEach(this::destroy);
    }

    private void destroy(VastInstance instance) {
        Instant now = rentals.now();
        Instant before = destroyedAt.get(instance.id());
        if (before == null || !now.isBefore(before.plus(DESTROY_AGAIN))) {
            log.info("Destroying instance {} ({})", instance.id(), instance.label());
            client.destroy(instance.id());
            destroyedAt.put(instance.id(), now);
        }
    }
}
