package io.hindcast.inference.reaction;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.news.ReactionSpec;
import io.hindcast.history.market.CandleLog;
import io.hindcast.inference.InferenceProcessor;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how markets reacted to articles, once the window after publication is over in market time. Candle events
 * only wake a thread of its own. The read models are queried for unmeasured articles each time, and the article accepts
 * one measurement per symbol: so a stop at any moment loses and doubles nothing, and windows that ended while nothing
 * ran are measured afterwards.
 *
 * <p>A window with missing bars waits {@link ReactionRecorder#GRACE} for their repair. After that it is measured from
 * the bars there are, if they suffice.
 */
@ProcessingGroup(InferenceProcessor.NAME)
@DisallowReplay
public final class ReactionMeasurer {

    private static final Logger log = LoggerFactory.getLogger(ReactionMeasurer.class);

    static final String OUTAGE_NAME = "measuring of reactions";

    /** Refusal code of read models that have never been built, as at a first start. */
    private static final String NOT_READY = "NOT_READY";

    private static final Duration UNTIL_READY = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Market times not taken by the loop yet; guarded by the lock. */
    private final Map<Symbol, Instant> reached = new TreeMap<>();

    // Owned by the loop's thread.
    private final LinkedHashMap<Symbol, Instant> pending = new LinkedHashMap<>();
    private boolean begun;

    private final LiveMarkets markets;
    private final ReactionBacklog backlog;
    private final WallTimer waits;
    private final SupervisedLoop loop;

    public ReactionMeasurer(LaneContext context, CandleLog candles, QueryGateway queries) {
        SupervisedLoop.Context loops = context.loops();
        ReactionSpec spec = context.settings().reaction().spec();
        LabelSpec label = new LabelSpec(Math.toIntExact(spec.window().toMinutes()), spec.thresholdPercent());
        markets = new LiveMarkets(queries);
        ReactionRecorder recorder =
                new ReactionRecorder(spec, label, markets, context.commands(), context.marketClock(), loops.meters());
        backlog = new ReactionBacklog(queries, candles, spec, label, recorder, loops.outages());
        waits = loops.waits();
        loop = new SupervisedLoop(
                OUTAGE_NAME,
                "No action is needed: it is retried, and windows that are over are measured afterwards.",
                loops,
                this::turn);
    }

    /** Advances the market's time to the close of the event's last bar; not by history, which comes in any order. */
    @EventHandler
    public void on(CandlesRecorded event) {
        int rows = event.candles().size();
        if (event.source() != CandleSource.HISTORY && rows > 0) {
            marketReached(
                    event.symbol(), Interval.ONE_MINUTE.closeOf(event.candles().openTime(event.day(), rows - 1)));
        }
    }

    private void marketReached(Symbol symbol, Instant time) {
        lock.lock();
        try {
            reached.merge(symbol, time, ReactionMeasurer::later);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    public void start() {
        loop.start();
    }

    public void stop() {
        loop.stop(STOP_PATIENCE);
    }

    public boolean isRunning() {
        return loop.isRunning();
    }

    private void turn() throws InterruptedException, ExecutionException, TimeoutException {
        try {
            if (!begun) {
                // Windows may have ended before the start, and no further bar may come.
                pending.putAll(markets.latestCloses());
                begun = true;
            }
            awaitPending();
            Map.Entry<Symbol, Instant> next = pending.pollFirstEntry();
            boolean done = false;
            try {
                backlog.measure(next.getKey(), next.getValue());
                done = true;
            } finally {
                if (!done) {
                    // After the other symbols, and up to the time reached by then.
                    pending.merge(next.getKey(), next.getValue(), ReactionMeasurer::later);
                }
            }
        } catch (ExecutionException | RuntimeException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null || !refusal.code().equals(NOT_READY)) {
                throw e;
            }
            log.debug("Reactions to articles cannot be measured yet: {}", refusal.message());
            waits.pause(UNTIL_READY);
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private void awaitPending() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (reached.isEmpty() && pending.isEmpty()) {
                changed.await();
            }
            reached.forEach((symbol, time) -> pending.merge(symbol, time, ReactionMeasurer::later));
            reached.clear();
        } finally {
            lock.unlock();
        }
    }
}
