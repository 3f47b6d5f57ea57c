package io.hindcast.training.compute.vast;

import io.hindcast.api.Refusal;
import io.hindcast.api.rental.RentalOffer;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.training.compute.MachineNames;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.MachineState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rents the cheapest machine that fits, after its money is reserved. Not thread-safe. */
final class Renting {

    private static final Logger log = LoggerFactory.getLogger(Renting.class);

    /** Offers that are tried after one search, should they be taken meanwhile. */
    private static final int MOST_OFFERS = 5;

    private final VastClient client;
    private final VastLabels labels;
    private final Rentals rentals;
    private final VastProperties.Offers wanted;

    Renting(VastClient client, VastLabels labels, Rentals rentals, VastProperties.Offers wanted) {
        this.client = client;
        this.labels = labels;
        this.rentals = rentals;
        this.wanted = wanted;
    }

    /**
     * Rents a machine for a run that certainly has none.
     *
     * @return starting, with an obstacle if nothing was rented; ended if nothing may be rented
     * @throws VastException if nothing was rented
     */
    MachineState rent(MachineRequest request) {
        List<RentalOffer> all = client.search();
        List<RentalOffer> fitting = all.stream().filter(this::isAcceptable).toList();
        for (RentalOffer offer : fitting.subList(0, Math.min(MOST_OFFERS, fitting.size()))) {
            Optional<MachineState> state = rent(request, offer);
            if (state.isPresent()) {
                return state.get();
            }
        }
        return new MachineState.Starting(Optional.of(nothingOffered(all, fitting)));
    }

    private boolean isAcceptable(RentalOffer offer) {
        return VastOffer.wholePrice(offer).compareTo(new Usd(wanted.maxPriceUsd())) <= 0
                && !rentals.book().avoids(offer.machine(), rentals.now());
    }

    private TrainingFailure nothingOffered(List<RentalOffer> all, List<RentalOffer> fitting) {
        String cheapest = all.isEmpty() ? "" : ", the cheapest for " + VastOffer.wholePrice(all.getFirst());
        return new TrainingFailure(
                fitting.isEmpty()
                        ? "no machine is offered for at most " + new Usd(wanted.maxPriceUsd())
                                + " in the first hour, of " + all.size() + " that fit otherwise" + cheapest
                        : "each of " + fitting.size() + " offered machines was taken by others",
                "Raise hindcast.training.worker.vast.offers.max-price-usd or ask for less, or wait: offers change",
                true);
    }

    /** Rents a machine; empty if it was taken by others. */
    private Optional<MachineState> rent(MachineRequest request, RentalOffer offer) {
        TrainingRunId run = request.run();
        Duration atMost = request.lifetime().plus(Verdict.TO_DESTROY);
        Optional<Refusal> refusal = rentals.reserve(run, offer, atMost);
        if (refusal.isPresent()) {
            return Optional.of(new MachineState.Ended(new TrainingFailure(
                    "its machine would cost " + refusal.get().actual(),
                    "Allowed: " + refusal.get().expected(),
                    false)));
        }
        RentalBook.Entry rental = rentals.book().open(run).orElseThrow();
        try {
            long contract = client.create(offer, labels.of(run), request, MachineNames.of(run));
            rentals.rented(rental, contract);
            log.info("Instance {} on machine {} is rented for {}", contract, offer.machine(), run);
        } catch (VastException e) {
            log.warn("Renting a machine for {}: {}", run, e.reason());
            if (e.kind() == VastException.Kind.UNCLEAR) {
                return Optional.of(new MachineState.Starting(Optional.empty()));
            }
            rentals.end(rental, e.reason());
            if (e.kind() == VastException.Kind.TAKEN) {
                return Optional.empty();
            }
            if (e.kind() == VastException.Kind.BUSY) {
                return Optional.of(new MachineState.Starting(Optional.of(new TrainingFailure(
                        "Vast.ai accepts no request to rent at the moment: " + e.reason(),
                        "It is tried again",
                        true))));
            }
            if (e.kind() == VastException.Kind.REFUSED) {
                return Optional.of(new MachineState.Ended(new TrainingFailure(
                        e.reason(),
                        "See the account's credit, the key's permissions (hindcast.training.worker.vast.api-key) and"
                                + " the image (hindcast.training.worker.vast.image)",
                        true)));
            }
        }
        return Optional.of(new MachineState.Starting(Optional.empty()));
    }
}
