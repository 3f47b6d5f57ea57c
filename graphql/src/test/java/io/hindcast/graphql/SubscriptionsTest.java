package io.hindcast.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.FollowCandles;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.prediction.FollowPredictions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Limits of subscriptions: each one is given back however it ends, and a slow reader can resume. */
class SubscriptionsTest {

    private static final int MAX_SUBSCRIPTIONS = 3;
    private static final int BUFFER = 64;
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");

    private final SimpleQueryBus bus = SimpleQueryBus.builder().build();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final QueryDispatcher queries =
            dispatcher(DefaultQueryGateway.builder().queryBus(bus).build());

    private QueryDispatcher dispatcher(QueryGateway gateway) {
        var _ = new AnnotationQueryHandlerAdapter<>(new Tail()).subscribe(bus);
        return new QueryDispatcher(gateway, new GraphqlProperties(14, 20, 1000, MAX_SUBSCRIPTIONS, BUFFER), meters);
    }

    /** Acknowledges subscriptions to candles and fails those to predictions. */
    static final class Tail {
        @QueryHandler
        public Symbol handle(FollowCandles query) {
            return query.symbol();
        }

        @QueryHandler
        public Symbol handle(FollowPredictions query) {
            if (query.symbol().equals(SYMBOL)) {
                throw new IllegalStateException("the tail is not there");
            }
            return query.symbol();
        }
    }

    /** Reads as many updates as are requested. */
    private static final class Reader extends BaseSubscriber<Integer> {
        final List<Integer> read = Collections.synchronizedList(new ArrayList<>());
        volatile @Nullable Throwable failure;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(Integer update) {
            read.add(update);
        }

        @Override
        protected void hookOnError(Throwable error) {
            failure = error;
        }
    }

    private Flux<Integer> candles() {
        return queries.distinctUpdates(CompletableFuture.completedFuture(new FollowCandles(SYMBOL)), Integer.class);
    }

    private Reader subscribe(Flux<Integer> updates, long request) {
        Reader reader = new Reader();
        updates.subscribe(reader);
        reader.request(request);
        return reader;
    }

    private void emit(int from, int to) {
        for (int update = from; update < to; update++) {
            bus.queryUpdateEmitter().emit(FollowCandles.class, query -> true, update);
        }
    }

    private double openSubscriptions() {
        return meters.get("hindcast.graphql.subscriptions").gauge().value();
    }

    private void assertNoneIsOpen() {
        await().untilAsserted(() -> assertThat(openSubscriptions()).isZero());
        await().untilAsserted(() ->
                assertThat(bus.queryUpdateEmitter().activeSubscriptions()).isEmpty());
    }

    @Test
    void releasesASubscriptionThatCannotBeSent() {
        QueryGateway broken = (QueryGateway) Proxy.newProxyInstance(
                QueryGateway.class.getClassLoader(),
                new Class<?>[] {QueryGateway.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("no connection");
                });
        QueryDispatcher failing = dispatcher(broken);

        for (int i = 0; i < 2 * MAX_SUBSCRIPTIONS; i++) {
            Reader reader = subscribe(
                    failing.distinctUpdates(
                            CompletableFuture.completedFuture(new FollowCandles(SYMBOL)), Integer.class),
                    1);
            await().until(() -> reader.failure != null);
            assertThat(reader.failure).hasMessage("no connection");
        }
        assertNoneIsOpen();
    }

    @Test
    void releasesASubscriptionThatIsRefusedOrFails() {
        for (int i = 0; i < 2 * MAX_SUBSCRIPTIONS; i++) {
            Reader refused = subscribe(
                    queries.distinctUpdates(
                            CompletableFuture.failedFuture(
                                    RefusedException.of("UNKNOWN_SYMBOL", "symbol", "X", "another")),
                            Integer.class),
                    1);
            Reader failed = subscribe(
                    queries.distinctUpdates(
                            CompletableFuture.completedFuture(new FollowPredictions(SYMBOL)), Integer.class),
                    1);
            Reader unanswered =
                    subscribe(queries.distinctUpdates(CompletableFuture.completedFuture("nobody"), Integer.class), 1);
            await().until(() -> refused.failure != null && failed.failure != null && unanswered.failure != null);
            assertThat(RefusedException.in(failed.failure)).isNull();
        }
        assertNoneIsOpen();
    }

    @Test
    void releasesASubscriptionThatIsCancelled() {
        for (int i = 0; i < 2 * MAX_SUBSCRIPTIONS; i++) {
            Reader reader = subscribe(candles(), Long.MAX_VALUE);
            await().until(() -> openSubscriptions() == 1);
            emit(i, i + 1);
            await().until(() -> reader.read.size() == 1);
            reader.cancel();
            assertNoneIsOpen();
        }
    }

    @Test
    void refusesASubscriptionBeyondTheLimitAndKeepsTheOthers() {
        List<Reader> readers = IntStream.range(0, MAX_SUBSCRIPTIONS)
                .mapToObj(i -> subscribe(candles(), 1))
                .toList();

        Reader late = subscribe(candles(), 1);
        await().until(() -> late.failure != null);

        assertThat(late.failure).hasMessageContaining("TOO_MANY_SUBSCRIPTIONS");
        assertThat(openSubscriptions()).isEqualTo(MAX_SUBSCRIPTIONS);
        readers.forEach(BaseSubscriber::cancel);
        assertNoneIsOpen();
    }

    @Test
    void slowReaderReceivesAllBufferedUpdatesAndResumesWithoutAGap() {
        Reader slow = subscribe(candles(), 10);
        await().until(() -> openSubscriptions() == 1);
        emit(0, 500);
        await().until(() -> bus.queryUpdateEmitter().activeSubscriptions().isEmpty());

        slow.request(Long.MAX_VALUE);

        await().until(() -> slow.failure != null);
        assertThat(slow.failure).hasMessageContaining("TOO_SLOW", "subscribe again, then query");
        assertThat(slow.read)
                .containsExactlyElementsOf(
                        IntStream.range(0, slow.read.size()).boxed().toList())
                .hasSizeBetween(BUFFER, 499);
        assertNoneIsOpen();

        // Subscribes again, then queries; the answer holds what was recorded before the subscription.
        Reader again = subscribe(candles(), Long.MAX_VALUE);
        await().until(() -> openSubscriptions() == 1);
        List<Integer> known = new ArrayList<>(IntStream.range(0, 500).boxed().toList());
        emit(500, 510);
        await().until(() -> again.read.size() == 10);
        known.addAll(again.read);
        assertThat(known)
                .containsExactlyElementsOf(IntStream.range(0, 510).boxed().toList());
        again.cancel();
        assertNoneIsOpen();
    }

    @Test
    void releasesTheSubscriptionOfASlowReaderThatIsCancelled() {
        Reader slow = subscribe(candles(), 10);
        await().until(() -> openSubscriptions() == 1);
        emit(0, 500);
        await().until(() -> bus.queryUpdateEmitter().activeSubscriptions().isEmpty());

        slow.cancel();

        assertNoneIsOpen();
    }
}
