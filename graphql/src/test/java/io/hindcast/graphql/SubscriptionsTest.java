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

/** However a subscription ends, its place is free again and its reader knows how to go on. */
class SubscriptionsTest {

    private static final int MOST = 3;
    private static final int BUFFER = 64;
    private static final Symbol SYMBOL = new Symbol("BTCUSDT");

    private final SimpleQueryBus bus = SimpleQueryBus.builder().build();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Asking asking =
            asking(DefaultQueryGateway.builder().queryBus(bus).build());

    private Asking asking(QueryGateway queries) {
        var _ = new AnnotationQueryHandlerAdapter<>(new Tail()).subscribe(bus);
        return new Asking(queries, new GraphqlProperties(14, 20, 1000, MOST, BUFFER), meters);
    }

    /** Acknowledges subscriptions to candles, fails those to predictions. */
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

    /** Reads as much as it is told to. */
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
        return asking.follow(CompletableFuture.completedFuture(new FollowCandles(SYMBOL)), Integer.class);
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

    private double places() {
        return meters.get("hindcast.graphql.subscriptions").gauge().value();
    }

    private void assertNoneIsLeft() {
        await().untilAsserted(() -> assertThat(places()).isZero());
        await().untilAsserted(() ->
                assertThat(bus.queryUpdateEmitter().activeSubscriptions()).isEmpty());
    }

    @Test
    void aSubscriptionThatCannotBeSentTakesNoPlace() {
        QueryGateway broken = (QueryGateway) Proxy.newProxyInstance(
                QueryGateway.class.getClassLoader(),
                new Class<?>[] {QueryGateway.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("no connection");
                });
        Asking failing = asking(broken);

        for (int i = 0; i < 2 * MOST; i++) {
            Reader reader = subscribe(
                    failing.follow(CompletableFuture.completedFuture(new FollowCandles(SYMBOL)), Integer.class), 1);
            await().until(() -> reader.failure != null);
            assertThat(reader.failure).hasMessage("no connection");
        }
        assertNoneIsLeft();
    }

    @Test
    void aSubscriptionThatIsRefusedOrFailsTakesNoPlace() {
        for (int i = 0; i < 2 * MOST; i++) {
            Reader refused = subscribe(
                    asking.follow(
                            CompletableFuture.failedFuture(
                                    RefusedException.of("UNKNOWN_SYMBOL", "symbol", "X", "another")),
                            Integer.class),
                    1);
            Reader failed = subscribe(
                    asking.follow(CompletableFuture.completedFuture(new FollowPredictions(SYMBOL)), Integer.class), 1);
            Reader unanswered = subscribe(asking.follow(CompletableFuture.completedFuture("nobody"), Integer.class), 1);
            await().until(() -> refused.failure != null && failed.failure != null && unanswered.failure != null);
            assertThat(RefusedException.in(failed.failure)).isNull();
        }
        assertNoneIsLeft();
    }

    @Test
    void aReaderThatGoesAwayGivesItsPlaceBack() {
        for (int i = 0; i < 2 * MOST; i++) {
            Reader reader = subscribe(candles(), Long.MAX_VALUE);
            await().until(() -> places() == 1);
            emit(i, i + 1);
            await().until(() -> reader.read.size() == 1);
            reader.cancel();
            assertNoneIsLeft();
        }
    }

    @Test
    void oneTooManyIsRefusedAndTheOthersKeepTheirPlaces() {
        List<Reader> readers =
                IntStream.range(0, MOST).mapToObj(i -> subscribe(candles(), 1)).toList();

        Reader late = subscribe(candles(), 1);
        await().until(() -> late.failure != null);

        assertThat(late.failure).hasMessageContaining("TOO_MANY_SUBSCRIPTIONS");
        assertThat(places()).isEqualTo(MOST);
        readers.forEach(BaseSubscriber::cancel);
        assertNoneIsLeft();
    }

    @Test
    void aSlowReaderGetsAllUpToTheCutAndResumesWithoutAHole() {
        Reader slow = subscribe(candles(), 10);
        await().until(() -> places() == 1);
        emit(0, 500);
        await().until(() -> bus.queryUpdateEmitter().activeSubscriptions().isEmpty());

        slow.request(Long.MAX_VALUE);

        await().until(() -> slow.failure != null);
        assertThat(slow.failure).hasMessageContaining("TOO_SLOW", "subscribe again, then ask");
        assertThat(slow.read)
                .containsExactlyElementsOf(
                        IntStream.range(0, slow.read.size()).boxed().toList())
                .hasSizeBetween(BUFFER, 499);
        assertNoneIsLeft();

        // As the error says: subscribe again, then ask. What was recorded before the subscription is in the answer.
        Reader again = subscribe(candles(), Long.MAX_VALUE);
        await().until(() -> places() == 1);
        List<Integer> known = new ArrayList<>(IntStream.range(0, 500).boxed().toList());
        emit(500, 510);
        await().until(() -> again.read.size() == 10);
        known.addAll(again.read);
        assertThat(known)
                .containsExactlyElementsOf(IntStream.range(0, 510).boxed().toList());
        again.cancel();
        assertNoneIsLeft();
    }

    @Test
    void aSlowReaderThatNeverReadsAgainGivesItsPlaceBackWhenItGoes() {
        Reader slow = subscribe(candles(), 10);
        await().until(() -> places() == 1);
        emit(0, 500);
        await().until(() -> bus.queryUpdateEmitter().activeSubscriptions().isEmpty());

        slow.cancel();

        assertNoneIsLeft();
    }
}
