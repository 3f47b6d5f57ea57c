package io.hindcast.training.compute.vast;

import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.training.compute.ComputeProvider;
import io.hindcast.training.compute.MachineNames;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.PlatformId;
import io.micrometer.core.instrument.Gauge;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * Workers on machines rented from Vast.ai. The log decides what is rented: money is reserved before a machine is, and
 * the reservation lasts until the machine is seen to be gone, so that a restart at any point goes on from there.
 *
 * <p>An API that does not answer is reported as an outage; meanwhile nothing is rented and no machine is given up. Not
 * thread-safe.
 */
public final class VastProvider implements ComputeProvider {

    private static final String API = "rented machines";
    private static final String BUDGET = "rental budget";
    private static final Duration LISTING_AGE = Duration.ofSeconds(60);
    private static final BigDecimal NEAR_THE_END = new BigDecimal("0.8");

    private final VastSettings settings;
    private final VastClient client;
    private final Rentals rentals;
    private final InstanceListing listing;
    private final RentedMachines machines;
    private final Outages outages;
    /** Runs that wait for a machine, or whose machine this process rented. */
    private final Map<TrainingRunId, MachineRequest> requests = new HashMap<>();
    /** Runs whose machine was given up and is to be released. */
    private final Map<TrainingRunId, TrainingFailure> failures = new HashMap<>();

    private final Map<TrainingRunId, Sight> sights = new HashMap<>();
    private boolean limitsSet;
    private volatile double committed;

    /** State of a run's machine when it was last looked at, and when it is looked at again. */
    private record Sight(MachineState state, Instant next) {}

    /**
     * What a provider uses of its platform.
     *
     * @param id marks the platform's machines in the account
     * @param claimed whether a run's worker has begun
     * @param startTimeout time that a machine may take to start
     */
    public record Platform(
            PlatformId id,
            EventStore events,
            CommandGateway commands,
            InstantSource wallClock,
            SupervisedLoop.Context context,
            Predicate<TrainingRunId> claimed,
            Duration startTimeout) {}

    public VastProvider(VastSettings settings, Platform platform) {
        VastProperties.Times times = settings.properties().times();
        SupervisedLoop.Context context = platform.context();
        VastApi api = new VastApi(
                settings.properties().url(), settings.apiKey(), times.request(), context.waits(), context.meters());
        VastLabels labels = new VastLabels(platform.id());
        this.settings = settings;
        this.client = new VastClient(api, settings);
        this.rentals = new Rentals(platform.events(), platform.commands(), platform.wallClock());
        this.listing = new InstanceListing(client, labels, platform.wallClock(), times.confirm());
        this.machines = new RentedMachines(
                client,
                labels,
                rentals,
                listing,
                new Renting(client, labels, rentals, settings.properties().offers()),
                new RentedMachines.Waits(
                        times.appear(), times.offline(), platform.startTimeout().dividedBy(2)),
                platform.claimed());
        this.outages = context.outages();
        Gauge.builder("hindcast.rental.month", this, provider -> provider.committed)
                .baseUnit("usd")
                .description("Spent and reserved for rented machines in the current month")
                .register(context.meters());
    }

    @Override
    public String name() {
        return "vast";
    }

    @Override
    public String machine(TrainingRunId run) {
        return MachineNames.of(run);
    }

    @Override
    public int capacity() {
        return settings.properties().count();
    }

    /** Notes the request; the machine is rented when it is first looked at. */
    @Override
    public void start(MachineRequest request) {
        requests.put(request.run(), request);
        sights.remove(request.run());
    }

    @Override
    public MachineState look(TrainingRunId run) {
        TrainingFailure failure = failures.get(run);
        if (failure != null) {
            return new MachineState.Ended(failure);
        }
        Sight last = sights.get(run);
        if (last != null && rentals.now().isBefore(last.next())) {
            return last.state();
        }
        setLimits();
        Sight sight = lookAgain(run, last);
        sights.put(run, sight);
        if (sight.state() instanceof MachineState.Ended ended) {
            failures.put(run, ended.failure());
        }
        watchBudget();
        return sight.state();
    }

    private Sight lookAgain(TrainingRunId run, @Nullable Sight last) {
        VastProperties.Times times = settings.properties().times();
        try {
            MachineState state = machines.advance(run, Optional.ofNullable(requests.get(run)));
            outages.over(API);
            Duration pause = state instanceof MachineState.Starting starting
                            && starting.obstacle().isPresent()
                    ? times.search()
                    : rentals.book()
                                    .open(run)
                                    .flatMap(RentalBook.Entry::contract)
                                    .isPresent()
                            ? times.look()
                            : times.confirm();
            return new Sight(state, rentals.now().plus(pause));
        } catch (VastException e) {
            report(e);
            MachineState before = last == null ? machines.assumed(run) : last.state();
            MachineState state = before instanceof MachineState.Starting
                    ? new MachineState.Starting(Optional.of(new TrainingFailure(
                            "Vast.ai does not answer as documented: " + e.reason(), remedy(e), true)))
                    : before;
            return new Sight(state, rentals.now().plus(times.confirm()));
        }
    }

    @Override
    public boolean release(TrainingRunId run) {
        requests.remove(run);
        try {
            String reason = Optional.ofNullable(failures.get(run))
                    .map(TrainingFailure::reason)
                    .orElse("its run is over");
            if (!machines.release(run, reason)) {
                return false;
            }
        } catch (VastException e) {
            report(e);
            return false;
        }
        failures.remove(run);
        sights.remove(run);
        watchBudget();
        return true;
    }

    @Override
    public Set<TrainingRunId> machines() {
        setLimits();
        watchBudget();
        try {
            listing.refreshAfter(LISTING_AGE);
        } catch (VastException e) {
            report(e);
        }
        Set<TrainingRunId> runs = new HashSet<>(rentals.book().open());
        runs.addAll(requests.keySet());
        runs.addAll(listing.runs());
        return runs;
    }

    private void setLimits() {
        if (!limitsSet) {
            rentals.setLimits(settings.limits());
            limitsSet = true;
        }
    }

    private void report(VastException failure) {
        outages.degraded(API, "Vast.ai does not answer as documented: " + failure.reason(), remedy(failure));
    }

    private static String remedy(VastException failure) {
        return switch (failure.kind()) {
            case REFUSED -> "Check the account and its key (hindcast.training.worker.vast.api-key)";
            case BUSY -> "Let nothing else use the account's key; it goes on by itself";
            case TAKEN, UNCLEAR ->
                "It goes on by itself once Vast.ai answers; see the account's machines in its console meanwhile";
        };
    }

    /** Reports a month's budget that is nearly used up. */
    private void watchBudget() {
        YearMonth month = RentalBook.month(rentals.now());
        Usd sum = rentals.book().committed(month);
        committed = sum.amount().doubleValue();
        Usd limit = settings.limits().month();
        if (sum.amount().compareTo(limit.amount().multiply(NEAR_THE_END)) >= 0) {
            outages.degraded(
                    BUDGET,
                    sum + " of " + limit + " for rented machines are spent or reserved in " + month,
                    "Raise hindcast.training.worker.vast.month-limit-usd, or let the next month come: a run that needs"
                            + " more than what is left fails");
        } else {
            outages.over(BUDGET);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
