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

/** Sends queries on the query bus, none of which may take for ever or pile up without a bound. */
public final class Asking {

    private static final long TIMEOUT_SECONDS = 15;
    /** For the slowest of several processes. */
    private static final long PATIENCE_SECONDS = 2;
    /** Updates that may come between a subscription's registration and its first read. */
    private static final int EARLY_UPDATES = 256;

    private static final int HANDED_ON_AT_ONCE = 64;

    /** Writing to a slow connection blocks: a thread each, so that nobody waits for another's network. */
    private static final Scheduler WRITERS = Schedulers.fromExecutorService(Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("subscription-", 0).factory()));

    private final QueryGateway queries;
    private final GraphqlProperties limits;
    private final AtomicInteger subscriptions = new AtomicInteger();
    private final Counter overflows;

    public Asking(QueryGateway queries, GraphqlProperties limits, MeterRegistry meters) {
        this.queries = queries;
        this.limits = limits;
        this.overflows = Counter.builder("hindcast.graphql.subscriptions.overflowed")
                .description("Subscriptions ended because their reader was too slow")
                .register(meters);
        Gauge.builder("hindcast.graphql.subscriptions", subscriptions, AtomicInteger::get)
                .description("Subscriptions at the moment")
                .register(meters);
    }

    public <R> CompletableFuture<R> one(Object query, Class<R> type) {
        return queries.query(query, ResponseTypes.instanceOf(type)).orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    public <R> CompletableFuture<Optional<R>> maybe(Object query, Class<R> type) {
        return queries.query(query, ResponseTypes.optionalInstanceOf(type))
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * The answers of all processes that have one within {@value #PATIENCE_SECONDS} seconds; blocks until the last has
     * come. Fails if there is none at all: that nobody answers must not look as if nobody had anything to say.
     */
    public <R> List<R> everyProcess(Object query, Class<R> type) {
        List<R> answers = queries.scatterGather(
                        query, ResponseTypes.instanceOf(type), PATIENCE_SECONDS, TimeUnit.SECONDS)
                .toList();
        if (answers.isEmpty()) {
            throw new NoHandlerForQueryException("No process answered " + query + " in time");
        }
        return answers;
    }

    /**
     * Updates of a subscription query from now on, until the subscriber goes away. One that falls too far behind loses
     * its subscription, with an error that says so, after all that it had not read yet: it subscribes again and then
     * asks for what was recorded meanwhile. An update comes once, however many processes emit it.
     */
    public <U> Flux<U> follow(CompletableFuture<?> query, Class<U> updates) {
        return Flux.defer(() -> notice(query, updates).filter(new RecentUpdates()::isNew));
    }

    /**
     * Like {@link #follow}, for updates that only say that something has changed: the same one may come again, and
     * rightly so.
     */
    public <U> Flux<U> notice(CompletableFuture<?> query, Class<U> updates) {
        return Mono.fromFuture(query).flatMapMany(asked -> subscribe(asked, updates));
    }

    private <U> Flux<U> subscribe(Object query, Class<U> updates) {
        return Flux.using(
                this::place,
                place -> Flux.using(
                        () -> this.<U>open(query, updates), open -> updates(open), SubscriptionQueryResult::close),
                place -> subscriptions.decrementAndGet());
    }

    /** A place among the subscriptions that may be under way; whatever ends one gives it back. */
    private int place() {
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
        return queries.subscriptionQuery(
                query.getClass().getName(),
                query,
                ResponseTypes.instanceOf(Symbol.class),
                ResponseTypes.instanceOf(updates),
                EARLY_UPDATES);
    }

    private <U> Flux<U> updates(SubscriptionQueryResult<Symbol, U> open) {
        return open.initialResult()
                .timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .thenMany(open.updates())
                // Axon's own buffer links what a slow reader has not read yet without a bound: this one is read at
                // once.
                .onBackpressureBuffer(
                        limits.updateBuffer(), dropped -> overflows.increment(), BufferOverflowStrategy.ERROR)
                .publishOn(WRITERS, HANDED_ON_AT_ONCE)
                .onErrorMap(
                        Exceptions::isOverflow,
                        overflow -> RefusedException.of(
                                "TOO_SLOW",
                                "subscription",
                                "more than " + limits.updateBuffer() + " updates behind",
                                "a reader that keeps up; subscribe again, then ask for what was recorded meanwhile"));
    }
}
