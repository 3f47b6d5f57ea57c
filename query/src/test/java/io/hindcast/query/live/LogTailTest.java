package io.hindcast.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.LiveCandle;
import io.hindcast.api.market.Symbol;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.Outage;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogTailTest {

    private final EmbeddedEventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    /** Thrown on every read of the log, unless null. */
    private final AtomicReference<@Nullable Throwable> reading = new AtomicReference<>();
    /** Thrown by the listener for the payload "bad", unless null. */
    private final AtomicReference<@Nullable Throwable> listening = new AtomicReference<>();

    private final List<Object> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> missed = Collections.synchronizedList(new ArrayList<>());
    private final Outages outages = new Outages(InstantSource.system());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LogTail tail = new LogTail(
            new FailingLog(),
            new LogTail.Listener() {
                @Override
                public void accept(Object payload) {
                    if (payload.equals("bad")) {
                        fail(listening.get());
                    }
                    received.add(payload);
                }

                @Override
                public void missed(String reason) {
                    missed.add(reason);
                }
            },
            new SupervisedLoop.Context(
                    new Backoff(Duration.ofMillis(10), Duration.ofMillis(20)),
                    WallTimer.system(),
                    new Random(1),
                    outages,
                    meters));

    private static void fail(@Nullable Throwable failure) {
        switch (failure) {
            case null -> {
                // No failure.
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    /** The log of a store that may fail. */
    private final class FailingLog implements StreamableMessageSource<TrackedEventMessage<?>> {
        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
            fail(reading.get());
            BlockingStream<TrackedEventMessage<?>> stream = store.openStream(token);
            return new BlockingStream<>() {
                @Override
                public java.util.Optional<TrackedEventMessage<?>> peek() {
                    return stream.peek();
                }

                @Override
                public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
                    fail(reading.get());
                    return stream.hasNextAvailable(timeout, unit);
                }

                @Override
                public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
                    return stream.nextAvailable();
                }

                @Override
                public void close() {
                    stream.close();
                }
            };
        }

        @Override
        public @Nullable TrackingToken createHeadToken() {
            return store.createHeadToken();
        }
    }

    private void publish(String payload) {
        store.publish(GenericEventMessage.asEventMessage(payload));
    }

    @AfterEach
    void stop() {
        tail.stop();
    }

    private static List<Throwable> failures() {
        return List.of(
                new IllegalStateException("connection refused"),
                new OutOfMemoryError("Java heap space"),
                new LinkageError("no driver"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void continuesAtItsPositionAfterAnOutage(Throwable failure) {
        tail.start();
        publish("one");
        await().until(() -> received.equals(List.of("one")));

        reading.set(failure);
        await().untilAsserted(() -> assertThat(outages.current())
                .singleElement()
                .satisfies(outage -> {
                    assertThat(outage.part()).isEqualTo("live updates");
                    assertThat(outage.problem()).contains(String.valueOf(failure.getMessage()));
                }));
        publish("two");
        publish("three");
        reading.set(null);

        await().untilAsserted(() -> assertThat(received).containsExactly("one", "two", "three"));
        await().untilAsserted(() -> assertThat(outages.current()).isEmpty());
        assertThat(tail.isRunning()).isTrue();
        assertThat(meters.get("hindcast.query.tail.interruptions").counter().count())
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void skipsAndReportsAnEventThatTheListenerFailsOn(Throwable failure) {
        listening.set(failure);
        tail.start();
        publish("one");
        publish("bad");
        publish("two");

        await().untilAsserted(() -> assertThat(received).containsExactly("one", "two"));
        assertThat(missed).singleElement().asString().contains(String.valueOf(failure.getMessage()));
        assertThat(outages.losses()).singleElement().satisfies(loss -> {
            assertThat(loss.severity()).isEqualTo(Outage.Severity.LOST);
            assertThat(loss.summary()).contains("String could not be sent to subscribers");
        });
    }

    @Test
    void startsAtTheHead() {
        publish("before");
        tail.start();
        publish("one");
        await().until(() -> received.equals(List.of("one")));
        tail.stop();
        assertThat(tail.isRunning()).isFalse();
        publish("meanwhile");
        tail.start();
        publish("two");

        await().untilAsserted(() -> assertThat(received).containsExactly("one", "two"));
    }

    @Test
    void endsSubscriptionsThatMissedAnUpdate() {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        LiveUpdates updates = new LiveUpdates(bus.queryUpdateEmitter());
        var _ = new AnnotationQueryHandlerAdapter<>(updates).subscribe(bus);
        SubscriptionQueryResult<Symbol, LiveCandle> subscription = DefaultQueryGateway.builder()
                .queryBus(bus)
                .build()
                .subscriptionQuery(new FollowCandles(new Symbol("BTCUSDT")), Symbol.class, LiveCandle.class);
        assertThat(subscription.initialResult().block()).isNotNull();
        AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
        var _ = subscription.updates().subscribe(candle -> {}, end::set);

        updates.missed("Java heap space");

        await().untilAsserted(() -> assertThat(end.get()).isNotNull());
        assertThat(RefusedException.in(end.get())).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo("INTERRUPTED");
            assertThat(refusal.message()).contains("Java heap space");
        });
    }
}
