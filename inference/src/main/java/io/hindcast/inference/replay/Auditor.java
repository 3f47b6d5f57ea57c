package io.hindcast.inference.replay;

import io.hindcast.api.audit.AuditCancelled;
import io.hindcast.api.audit.AuditCompleted;
import io.hindcast.api.audit.AuditDaysCompared;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.audit.AuditFailed;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditPage;
import io.hindcast.api.audit.AuditRequested;
import io.hindcast.api.audit.AuditState;
import io.hindcast.api.audit.AuditView;
import io.hindcast.api.audit.FindAudits;
import io.hindcast.api.market.Symbol;
import io.hindcast.inference.backfill.TimedQueue;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FailureReason;
import io.hindcast.runtime.RetryPolicy;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out audits, one after the other, on a thread that no lane uses. A request is carried out when its event
 * arrives; those that a stop interrupted are found in the read model, and the log determines which of their days are
 * left. A failed attempt is repeated after a growing pause and reported as an outage, and in the end fails the audit.
 */
final class Auditor {

    private static final Logger log = LoggerFactory.getLogger(Auditor.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
    private static final long ANSWER_SECONDS = 10;
    private static final int PAGE = 200;

    private final LaneContext context;
    private final QueryGateway queries;
    private final AuditRun run;
    private final AuditMeters meters;
    private final RetryPolicy retry;
    private final SupervisedLoop loop;
    private final TimedQueue<Work> queue = new TimedQueue<>();
    private final Set<Symbol> known = ConcurrentHashMap.newKeySet();
    /** Failed attempts in a row; owned by the loop's thread. */
    private final Map<AuditId, Integer> failures = new HashMap<>();

    private volatile @Nullable AuditId running;
    private volatile boolean stopped;

    /** What the loop does next. */
    private sealed interface Work {
        /** Finds the audits of a symbol that have not ended. */
        record Search(Symbol symbol) implements Work {}

        record Carry(AuditId audit) implements Work {}
    }

    Auditor(LaneContext context, ReplaySources sources, QueryGateway queries, ExecutorService threads) {
        this.context = context;
        this.queries = queries;
        this.meters = new AuditMeters(context.loops().meters());
        this.run = new AuditRun(context, sources, threads, meters);
        Duration longest = context.settings().audit().retryPause();
        this.retry = RetryPolicy.of(
                context.settings().audit().attempts(),
                new Backoff(longest.compareTo(FIRST_PAUSE) < 0 ? longest : FIRST_PAUSE, longest));
        this.loop = new SupervisedLoop(
                "audits of versions",
                "No action is needed: it is retried. Live lanes are not affected.",
                context.loops(),
                this::turn);
    }

    void on(AuditEvent event) {
        switch (event) {
            case AuditRequested requested -> queue.add(new Work.Carry(requested.audit()), Duration.ZERO);
            case AuditCompleted completed -> {
                meters.completed(completed.result().counts());
                report(completed);
            }
            case AuditFailed failed -> {
                meters.failed();
                report(failed);
            }
            case AuditCancelled cancelled ->
                stopped = stopped || cancelled.audit().equals(running);
            case AuditDaysCompared _ -> {
                // Recorded here.
            }
        }
    }

    /** A past that does not come out the same does not mend itself, so it stays reported until the process ends. */
    private void report(AuditCompleted completed) {
        int divergences = completed.result().counts().divergences();
        if (divergences > 0) {
            AuditId id = completed.audit();
            context.outages()
                    .lost(
                            "audit of " + id.version(),
                            "The replay of " + id.version() + " from " + id.from() + " to before " + id.to() + " found "
                                    + divergences + (divergences == 1 ? " divergence" : " divergences") + " among "
                                    + completed.result().counts().total() + " predictions.",
                            "See the page Replay: the log, an artifact or the program was changed. Nothing is corrected.");
        }
    }

    private void report(AuditFailed failed) {
        context.outages()
                .lost(
                        "audit of " + failed.audit().version(),
                        failed.audit().version() + " cannot be replayed: " + failed.reason(),
                        "Live lanes are not affected. Request the replay again when the cause is removed.");
    }

    /** Finds the audits of a symbol that may be new to this process. */
    void wake(Symbol symbol) {
        if (known.add(symbol)) {
            queue.add(new Work.Search(symbol), Duration.ZERO);
        }
    }

    void start() {
        known.forEach(symbol -> queue.add(new Work.Search(symbol), Duration.ZERO));
        loop.start();
    }

    void stop() {
        loop.stop(STOP_PATIENCE);
    }

    boolean isRunning() {
        return loop.isRunning();
    }

    private void turn() throws InterruptedException {
        Work work = queue.take();
        Optional<Duration> again = Optional.of(context.settings().audit().retryPause());
        try {
            again = switch (work) {
                case Work.Search search -> search(search.symbol());
                case Work.Carry carry -> carry(carry.audit());
            };
        } finally {
            // Also if reporting failed: without an entry the work would be forgotten.
            again.ifPresent(pause -> queue.add(work, pause));
        }
    }

    private Optional<Duration> search(Symbol symbol) throws InterruptedException {
        try {
            AuditPage page = queries.query(
                            new FindAudits(
                                    symbol, Optional.empty(), Optional.of(AuditState.RUNNING), PAGE, Optional.empty()),
                            ResponseTypes.instanceOf(AuditPage.class))
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            page.audits().stream()
                    .map(AuditView::audit)
                    .forEach(audit -> queue.add(new Work.Carry(audit), Duration.ZERO));
        } catch (ExecutionException | TimeoutException e) {
            // No process answers queries now, for example. Requests that arrive meanwhile are carried out.
            log.debug("Interrupted audits of {} cannot be searched: {}", symbol, e.toString());
        }
        return Optional.of(context.settings().audit().searchInterval());
    }

    /** Returns the pause before the next attempt, empty if there is none. */
    private Optional<Duration> carry(AuditId audit) throws InterruptedException {
        running = audit;
        stopped = false;
        try {
            run.carryOut(audit, () -> stopped);
            failures.remove(audit);
            context.outages().over(part(audit));
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            return failed(audit, e);
        } finally {
            running = null;
        }
    }

    private Optional<Duration> failed(AuditId audit, Throwable failure) {
        String reason = FailureReason.of(failure);
        int attempts = failures.merge(audit, 1, Integer::sum);
        Optional<Duration> wait = retry.waitAfter(attempts, context.loops().random());
        if (wait.isPresent()) {
            log.warn("{} failed; next attempt in {}: {}", audit, wait.get(), reason, failure);
            context.outages()
                    .degraded(
                            part(audit),
                            "The audit " + audit + " cannot be carried out: " + reason,
                            "No action is needed: it is retried.");
            return wait;
        }
        run.fail(audit, reason + " (" + attempts + " attempts)");
        failures.remove(audit);
        context.outages().over(part(audit));
        return Optional.empty();
    }

    private static String part(AuditId audit) {
        return "attempt at " + audit;
    }
}
