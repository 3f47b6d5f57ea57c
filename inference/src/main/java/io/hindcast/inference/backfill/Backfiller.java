package io.hindcast.inference.backfill;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.BeginBackfill;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.RequestBackfill;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionState;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.FailureReason;
import io.hindcast.runtime.RetryPolicy;
import io.hindcast.runtime.SupervisedLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the pasts of versions, one version after the other, on a thread that no lane uses. Events are only wake-ups:
 * the log determines which backfills are pending and which of their days are missing, so it goes on from there after
 * any stop. A failed attempt is repeated after a growing pause and reported as an outage; after a number of attempts
 * that recorded no day the backfill is given up.
 */
final class Backfiller {

    private static final Logger log = LoggerFactory.getLogger(Backfiller.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);
    private static final long ANSWER_SECONDS = 10;

    private final Set<ModelFamily> families;
    private final LaneContext context;
    private final BackfillSources sources;
    private final InferenceProperties.Backfill settings;
    private final RetryPolicy retry;
    private final ExecutorService threads;
    private final DayRecorder recorder;
    private final SupervisedLoop loop;
    private final TimedQueue<ModelId> queue = new TimedQueue<>();
    private final Set<ModelId> known = ConcurrentHashMap.newKeySet();
    /** Failed attempts in a row that recorded no day; owned by the loop's thread. */
    private final Map<VersionId, Integer> failures = new HashMap<>();

    private final MissedBarSearch search;
    /** Time of the latest search for missed bars, by {@link System#nanoTime}; owned by the loop's thread. */
    private final Map<ModelId, Long> searched = new HashMap<>();

    private volatile @Nullable VersionId running;
    private volatile boolean stopped;

    /**
     * Creates a stopped backfiller.
     *
     * @param name of the part in outages
     * @param families whose versions are backfilled here
     * @param threads on which days of bars are computed
     */
    Backfiller(
            String name,
            Set<ModelFamily> families,
            LaneContext context,
            BackfillSources sources,
            ExecutorService threads,
            DayRecorder recorder) {
        this.families = Set.copyOf(families);
        this.context = context;
        this.sources = sources;
        this.settings = context.settings().backfill();
        this.threads = threads;
        this.recorder = recorder;
        this.search = new MissedBarSearch(context, sources);
        Duration longest = settings.retryPause();
        this.retry = RetryPolicy.of(
                settings.attempts(), new Backoff(longest.compareTo(FIRST_PAUSE) < 0 ? longest : FIRST_PAUSE, longest));
        this.loop = new SupervisedLoop(
                name, "No action is needed: it is retried. Live lanes are not affected.", context.loops(), this::turn);
    }

    /** Looks for pending backfills of a model, or ends the one under way if it is not wanted any more. */
    void on(ModelEvent event) {
        if (families.contains(event.version().model().family())) {
            wake(event.version().model());
            if (event instanceof LaneJoined || event instanceof BackfillRequested) {
                queue.add(event.version().model(), Duration.ZERO);
            } else if (event.version().equals(running)
                    && (event instanceof BackfillGivenUp
                            || event instanceof PromotionAbandoned
                            || event instanceof LaneLeft)) {
                stopped = true;
            }
        }
    }

    /** Looks for pending backfills of a model that may be new to this process. */
    void wake(ModelId model) {
        if (families.contains(model.family()) && known.add(model)) {
            queue.add(model, Duration.ZERO);
        }
    }

    void start() {
        known.forEach(model -> queue.add(model, Duration.ZERO));
        loop.start();
    }

    void stop() {
        loop.stop(STOP_PATIENCE);
    }

    boolean isRunning() {
        return loop.isRunning();
    }

    private void turn() throws InterruptedException {
        ModelId model = queue.take();
        boolean done = false;
        try {
            Optional<Duration> wait = Optional.empty();
            boolean search = isSearchDue(model);
            for (ModelHistory.Version version : context.models().read(model).versions()) {
                if (isPending(version)) {
                    Optional<Duration> again = attempt(version);
                    wait = again.isPresent() ? again : wait;
                } else {
                    if (failures.remove(version.id()) != null) {
                        context.outages().over(part(version.id()));
                    }
                    if (search) {
                        requestMissed(version);
                    }
                }
            }
            queue.add(model, wait.orElse(settings.searchInterval()));
            done = true;
        } finally {
            // Also if reporting failed: without an entry the backfill would stay pending.
            if (!done) {
                queue.add(model, settings.retryPause());
            }
        }
    }

    /**
     * Returns whether a model's lanes are due for a search for missed bars; the first is an interval after its start.
     */
    private boolean isSearchDue(ModelId model) {
        long now = System.nanoTime();
        Long last = searched.putIfAbsent(model, now);
        boolean due = model.family() != ModelFamily.TRL
                && last != null
                && now - last >= settings.searchInterval().toNanos();
        if (due) {
            searched.put(model, now);
        }
        return due;
    }

    private void requestMissed(ModelHistory.Version version) {
        Instant until = search.until();
        int missed = search.count(version, until);
        if (missed > 0) {
            VersionId id = version.id();
            log.info("{} has no prediction of {} bars of the last days; they are backfilled", id, missed);
            send(new RequestBackfill(id.model(), id.number(), "its lane missed " + missed + " bars", until));
        }
    }

    /** Returns whether a version needs its past; one whose promotion was abandoned does not. */
    private static boolean isPending(ModelHistory.Version version) {
        return version.backfill() == ModelHistory.BackfillState.PENDING
                && version.predicts()
                && (version.state() == VersionState.PROMOTING || version.state() == VersionState.LIVE);
    }

    /** Returns the pause before the next attempt, empty if there is none. */
    private Optional<Duration> attempt(ModelHistory.Version version) throws InterruptedException {
        VersionId id = version.id();
        AtomicInteger days = new AtomicInteger();
        running = id;
        stopped = false;
        try {
            boolean ended = compute(version, days);
            failures.remove(id);
            context.outages().over(part(id));
            return ended ? Optional.empty() : Optional.of(Duration.ZERO);
        } catch (RuntimeException | Error e) {
            return failed(version, days.get() > 0, FailureReason.of(e), e);
        } finally {
            running = null;
        }
    }

    /** Returns whether the backfill has ended; false if it was interrupted by an event of its version. */
    private boolean compute(ModelHistory.Version version, AtomicInteger recordedDays) throws InterruptedException {
        VersionId id = version.id();
        BackfillScope scope = BackfillScope.of(version, sources.candles(), settings.lookback());
        Past past = id.model().family() == ModelFamily.TRL
                ? new TextPast(version, scope, sources, context.marketClock(), recorder)
                : new BarPast(id, scope, sources, context.marketClock(), recorder, threads);
        SortedSet<LocalDate> days = past.missingDays();
        if (!send(new BeginBackfill(
                id.model(), id.number(), UtcDay.start(scope.from()), scope.end(), days.size(), now()))) {
            return true;
        }
        if (!days.isEmpty()) {
            log.info("Backfilling {}: {} days from {} to {}", id, days.size(), days.first(), days.last());
            try (LoadedModel model = context.source().load(version.registered())) {
                past.compute(days, model, recordedDays::incrementAndGet, () -> stopped);
            }
        }
        if (stopped) {
            return false;
        }
        Backfill backfill = new Backfill(UtcDay.start(scope.from()), scope.end(), days.size(), past.recorded());
        if (send(new CompleteBackfill(id.model(), id.number(), backfill, now()))) {
            log.info("The past of {} is complete: {} predictions of {} days", id, backfill.predictions(), days.size());
        }
        return true;
    }

    private Optional<Duration> failed(
            ModelHistory.Version version, boolean progress, String reason, Throwable failure) {
        VersionId id = version.id();
        int attempts = progress ? 1 : failures.getOrDefault(id, 0) + 1;
        failures.put(id, attempts);
        Optional<Duration> wait = retry.waitAfter(attempts, context.loops().random());
        if (wait.isPresent()) {
            log.warn("Backfilling {} failed; next attempt in {}: {}", id, wait.get(), reason, failure);
            context.outages()
                    .degraded(
                            part(id),
                            "The past of " + id + " cannot be computed: " + reason,
                            "No action is needed: it is retried, and its lane predicts meanwhile.");
            return wait;
        }
        send(new GiveUpBackfill(id.model(), id.number(), reason, now()));
        failures.remove(id);
        context.outages().over(part(id));
        context.outages()
                .lost(
                        part(id),
                        "The backfill of " + id + " was given up after " + attempts + " attempts: " + reason,
                        "Its past is incomplete and its lane predicts. Request the backfill again.");
        return Optional.empty();
    }

    /** Sends a command; returns false if it was refused, as after the backfill ended. */
    private boolean send(Object command) {
        try {
            context.commands().sendAndWait(command, ANSWER_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (RuntimeException e) {
            if (RefusedException.in(e) == null) {
                throw e;
            }
            log.debug("{} was refused: {}", command.getClass().getSimpleName(), e.getMessage());
            return false;
        }
    }

    private Instant now() {
        return context.marketClock().instant();
    }

    private static String part(VersionId id) {
        return "backfill of " + id;
    }
}
