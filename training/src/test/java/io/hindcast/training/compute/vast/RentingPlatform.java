package io.hindcast.training.compute.vast;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.rental.RentalBudgetId;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.command.rental.RentalBudget;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FakeWallTimer;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.training.compute.MachineRequest;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.PlatformId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.NullUnmarked;

/** A provider of rented machines with the real budget on a log in memory, a fake clock and a fake Vast.ai. */
@NullUnmarked
final class RentingPlatform implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-10T00:00:00Z");
    static final String KEY = "vast-key-0123456789abcdef0123456789abcdef0123456789abcdef";
    static final String TOKEN = "run-token-abcdefghijklmnopqrstuvwxyz0123456789abcdefghij";
    static final PlatformId ID = new PlatformId("0123456789");
    private static final String ID_PREFIX = "hindcast:" + ID + ":";
    static final TrainingRunId RUN = run(1, ModelFamily.LIGHTGBM, 1);

    private static final Duration STEP = Duration.ofSeconds(5);

    final FakeWallTimer timer = new FakeWallTimer(START);
    final FakeVast vast;
    final Outages outages = new Outages(timer);
    final Set<TrainingRunId> claimed = new HashSet<>();

    private final Configuration axon;
    private final String cycleLimit;
    private final String monthLimit;
    private VastProvider provider;

    RentingPlatform() {
        this("1.5", "20");
    }

    RentingPlatform(String cycleLimit, String monthLimit) {
        this.cycleLimit = cycleLimit;
        this.monthLimit = monthLimit;
        try {
            vast = new FakeVast(timer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        axon = DefaultConfigurer.defaultConfiguration(false)
                .configureEmbeddedEventStore(c -> new InMemoryEventStorageEngine())
                .configureAggregate(RentalBudget.class)
                .buildConfiguration();
        axon.start();
        restart();
    }

    static TrainingRunId run(int cycle, ModelFamily family, int attempt) {
        return new TrainingRunId(new Symbol("BTCUSDT"), cycle, family, attempt);
    }

    VastSettings settings() {
        VastProperties properties = new VastProperties(
                Optional.of(KEY),
                vast.url(),
                Optional.of("registry.example/hindcast-worker:1"),
                3,
                Optional.of(new BigDecimal(cycleLimit)),
                Optional.of(new BigDecimal(monthLimit)),
                new VastProperties.Offers(new BigDecimal("0.25"), 11, 30, 0.98, 12.8, new BigDecimal(8)),
                new VastProperties.Times(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(3),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(2)));
        return VastSettings.of(properties, Optional.of(URI.create("https://hindcast.example")));
    }

    /** Replaces the provider by one without memory. */
    VastProvider restart() {
        if (provider != null) {
            provider.close();
        }
        provider = new VastProvider(
                settings(),
                new VastProvider.Platform(
                        ID,
                        axon.eventStore(),
                        axon.commandGateway(),
                        timer,
                        new SupervisedLoop.Context(
                                new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)),
                                timer,
                                new Random(1),
                                outages,
                                new SimpleMeterRegistry()),
                        claimed::contains,
                        Duration.ofMinutes(10)));
        return provider;
    }

    VastProvider provider() {
        return provider;
    }

    void start(TrainingRunId run) {
        provider.start(new MachineRequest(run, URI.create("https://hindcast.example"), TOKEN, Duration.ofMinutes(110)));
    }

    /** Looks at a run's machine every few seconds until its state is as wanted. */
    MachineState lookUntil(TrainingRunId run, Predicate<MachineState> wanted) {
        MachineState state = provider.look(run);
        for (int i = 0; !wanted.test(state) && i < 2000; i++) {
            timer.advance(STEP);
            state = provider.look(run);
        }
        if (!wanted.test(state)) {
            throw new AssertionError("the state stays " + state + ", outages " + outages.current());
        }
        return state;
    }

    /** Looks at a run's machine every few seconds for some time. */
    MachineState lookFor(TrainingRunId run, Duration time) {
        Instant end = timer.instant().plus(time);
        MachineState state = provider.look(run);
        while (timer.instant().isBefore(end)) {
            timer.advance(STEP);
            state = provider.look(run);
        }
        return state;
    }

    /** Starts a run's machine and lets its worker begin. */
    FakeVast.Instance rented(TrainingRunId run) {
        start(run);
        lookUntil(run, _ -> instance(run).isPresent());
        FakeVast.Instance instance = instance(run).orElseThrow();
        instance.status = "running";
        claimed.add(run);
        lookUntil(run, MachineState.Running.class::isInstance);
        return instance;
    }

    private Optional<FakeVast.Instance> instance(TrainingRunId run) {
        return vast.instances().stream()
                .filter(one -> (ID_PREFIX + run).equals(one.label))
                .findFirst();
    }

    /** Releases a run's machine, and returns after how many calls it was gone. */
    int release(TrainingRunId run) {
        for (int i = 1; i < 2000; i++) {
            if (provider.release(run)) {
                return i;
            }
            timer.advance(Duration.ofSeconds(1));
        }
        throw new AssertionError("the machine of " + run + " is never gone, outages " + outages.current());
    }

    <E> List<E> events(Class<E> type) {
        List<E> found = new ArrayList<>();
        DomainEventStream stream = axon.eventStore().readEvents(RentalBudgetId.ID, 0);
        while (stream.hasNext()) {
            Object payload = stream.next().getPayload();
            if (type.isInstance(payload)) {
                found.add(type.cast(payload));
            }
        }
        return found;
    }

    @Override
    public void close() {
        provider.close();
        axon.shutdown();
        vast.close();
    }
}
