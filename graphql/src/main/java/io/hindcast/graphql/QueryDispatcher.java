package io.hindcast.graphql;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.Symbol;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.NoHandlerForQueryException;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import reactor.core.Exceptions;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends queries on the query bus. Every query has a timeout, and the number of subscriptions and of updates that wait
 * for a slow reader are limited. Thread-safe.
 */
public final class QueryDispatcher {

    private static final long TIMEOUT_SECONDS = 15;
    /** Time that the slowest of several processes has to answer. */
    private static final long GATHER_SECONDS = 2;
    /** Updates that Axon buffers between the registration of a subscription and its first read. */
    private static final int EARLY_UPDATES = 256;

    private static final int PREFETCH = 64;

    /**
     * One thread for each subscription: writing to a slow connection blocks, and must not delay other subscriptions.
     */
    private static final Scheduler WRITERS = Schedulers.fromExecutorService(Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("subscription-", 0).factory()));

    private final QueryGateway gateway;
    private final GraphqlProperties limits;
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final Counter overflows;

    public QueryDispatcher(QueryGateway gateway, GraphqlProperties limits, MeterRegistry meters) {
        this.gateway = gateway;
        this.limits = limits;
        this.overflows = Counter.builder("hindcast.graphql.subscriptions.overflowed")
                .description("Subscriptions ended because their reader was too slow")
                .register(meters);
        Gauge.builder("hindcast.graphql.subscriptions", subscriptions, AtomicInteger::get)
                .description("Open subscriptions")
                .register(meters);
    }

    /** Returns the answer of one query handler; fails after {@value #TIMEOUT_SECONDS} seconds. */
    public <R> CompletableFuture<R> one(Object query, Class<R> type) {
        return gateway.query(query, ResponseTypes.instanceOf(type)).orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns the answer of one query handler, which may be empty; fails after {@value #TIMEOUT_SECONDS} seconds. */
    public <R> CompletableFuture<Optional<R>> optional(Object query, Class<R> type) {
        return gateway.query(query, ResponseTypes.optionalInstanceOf(type))
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Returns the answers of all processes that answer within {@value #GATHER_SECONDS} seconds, and blocks until then.
     *
     * @throws NoHandlerForQueryException without any answer, which must not look like an empty one
     */
    public <R> List<R> fromEachProcess(Object query, Class<R> type) {
        List<R> answers = gateway.scatterGather(query, ResponseTypes.instanceOf(type), GATHER_SECONDS, TimeUnit.SECONDS)
                .toList();
        if (answers.isEmpty()) {
            throw new NoHandlerForQueryException("No process answered " + query + " in time");
        }
        return answers;
    }

    /**
     * Returns the updates of a subscription query, each once, however many processes emit it. Otherwise like
     * {@link #updates}.
     */
    public <U> Flux<U> distinctUpdates(CompletableFuture<?> query, Class<U> updates) {
        return Flux.defer(() -> updates(query, updates).filter(new RecentUpdates()::isNew));
    }

    /**
     * Returns the updates of a subscription query, from its subscription until the subscriber cancels. Equal updates
     * may repeat: use it for those that only announce a change.
     *
     * <p>Nothing is sent before the flux is subscribed to. Updates arrive in the order in which they were emitted, one
     * at a time, on a virtual thread of the subscription, which the subscriber may block. The flux fails with a
     * {@code RefusedException} if there are too many subscriptions, or if the subscriber falls too far behind; in that
     * case it first delivers all buffered updates, and the reader is expected to subscribe again and to query what it
     * missed.
     *
     * @param query the subscription query; if it completes exceptionally, so does the flux
     */
    public <U> Flux<U> updates(CompletableFuture<?> query, Class<U> updates) {
        return Mono.fromFuture(query).flatMapMany(resolved -> subscribe(resolved, updates));
    }

    private <U> Flux<U> subscribe(Object query, Class<U> updates) {
        return Flux.using(
                this::acquire,
                permit -> Flux.using(
                        () -> this.<U>open(query, updates), open -> buffered(open), SubscriptionQueryResult::close),
                permit -> subscriptions.decrementAndGet());
    }

    /** Takes one of the allowed subscriptions; it is given back however the subscription ends. */
    private int acquire() {
        int taken = subscriptions.incrementAndGet();
        if (taken > limits.maxSubscriptions()) {
            subscriptions.decrementAndGet();
            throw RefusedException.of(
                    "TOO_MANY_SUBSCRIPTIONS",
                    "subscriptions",
                    limits.maxSubscriptions() + " already",
                    "at most " + limits.maxSubscriptions() + " at once");
        }
        return taken;
    }

    private <U> SubscriptionQueryResult<Symbol, U> open(Object query, Class<U> updates) {
        return gateway.subscriptionQuery(
                query.getClass().getName(),
                query,
                ResponseTypes.instanceOf(Symbol.class),
                ResponseTypes.instanceOf(updates),
                EARLY_UPDATES);
    }

    private <U> Flux<U> buffered(SubscriptionQueryResult<Symbol, U> open) {
        return open.initialResult()
                .timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .thenMany(open.updates())
                // Axon's own buffer of a slow reader has no limit; this stage empties it at once.
                .onBackpressureBuffer(
                        limits.updateBuffer(), dropped -> overflows.increment(), BufferOverflowStrategy.ERROR)
                .publishOn(WRITERS, PREFETCH)
                .onErrorMap(
                        Exceptions::isOverflow,
                        overflow -> RefusedException.of(
                                "TOO_SLOW",
                                "subscription",
                                "more than " + limits.updateBuffer() + " updates behind",
                                "a reader that keeps up; subscribe again, then query what was recorded meanwhile"));
    }
}
