package io.hindcast.inference.prediction;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.inference.InferenceProcessor;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.LaneLoader;
import io.hindcast.runtime.RetryingErrorHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Event handler that predicts bars. It collects a batch of events by symbol; before the batch's token is committed, all
 * lanes predict its bars, the predictions are recorded, and scores of articles take effect for later bars. Any failure
 * is thrown, the token stays, and the batch is handled again; results recorded by then are dropped as already held. So
 * nothing is lost and nothing doubled, wherever a process dies.
 *
 * <p>Axon calls the handlers on the thread that owns the symbol's segment, one event at a time per segment.
 */
@ProcessingGroup(InferenceProcessor.NAME)
@DisallowReplay
public final class CandleFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CandleFollower.class);

    private static final String BATCH = CandleFollower.class.getName() + ".batch";
    private static final int WAITING_READS = 64;
    private static final List<ModelFamily> FAMILIES = List.of(ModelFamily.LIGHTGBM, ModelFamily.TST);

    private final LaneLoader loader;
    private final ThreadPoolExecutor readers;
    private final BatchRecorder recorder;
    private final Function<Symbol, SymbolFollower> newFollower;
    private final Map<Symbol, SymbolFollower> bySymbol = new ConcurrentHashMap<>();

    /** @param wallClock for latency metrics only */
    public CandleFollower(LaneContext context, FeatureSources sources, InstantSource wallClock) {
        InferenceProperties settings = context.settings();
        loader = context.loader("lane loader", settings.lanes().loaders());
        readers = readers(settings.processor().threads());
        InferenceMeters meters =
                new InferenceMeters(context.loops().meters(), context.registry(), context.marketClock(), wallClock);
        recorder = new BatchRecorder(context.commands(), settings.processor().commandTimeout(), meters);
        newFollower = symbol ->
                new SymbolFollower(symbol, sources, context.lanes(symbol, FAMILIES, loader), context, meters, readers);
    }

    private static ThreadPoolExecutor readers(int threads) {
        ThreadPoolExecutor readers = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_READS),
                Thread.ofPlatform().name("inference-reader-", 1).daemon().factory());
        readers.allowCoreThreadTimeOut(true);
        return readers;
    }

    @EventHandler
    public void on(CandlesRecorded event, @SequenceNumber long sequence, @Timestamp Instant storedAt) {
        SymbolFollower follower = follower(event.symbol());
        follower.on(event, sequence, storedAt, batchOf(follower));
    }

    @EventHandler
    public void on(ModelEvent event) {
        SymbolFollower follower = follower(event.version().model().symbol());
        batchOf(follower);
        follower.on(event.version().model());
    }

    @EventHandler
    public void on(ArticleScored event) {
        batchOf(follower(event.symbol())).add(event);
    }

    /**
     * Marks all state as stale. Called from any thread when this process gains or loses segments, because another
     * process may handle their events.
     */
    public void segmentsChanged() {
        bySymbol.values().forEach(SymbolFollower::segmentChanged);
    }

    /** Ends loading and frees all models. Called after the event processor has shut down. */
    @Override
    public void close() {
        loader.close();
        readers.shutdownNow();
        bySymbol.values().forEach(SymbolFollower::close);
        bySymbol.clear();
    }

    private SymbolFollower follower(Symbol symbol) {
        return bySymbol.computeIfAbsent(symbol, newFollower);
    }

    private SymbolEventBatch batchOf(SymbolFollower follower) {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        Map<SymbolFollower, SymbolEventBatch> batches =
                unitOfWork.getOrComputeResource(BATCH, key -> begin(unitOfWork));
        SymbolEventBatch batch = batches.get(follower);
        if (batch == null) {
            batch = new SymbolEventBatch();
            batches.put(follower, batch);
            follower.begin();
        }
        return batch;
    }

    /**
     * Registers the work at the batch's end before any command is sent: a bus that handles commands on this thread
     * publishes their events in this unit of work, and drops those that come after it has begun to publish.
     */
    private Map<SymbolFollower, SymbolEventBatch> begin(UnitOfWork<?> unitOfWork) {
        Map<SymbolFollower, SymbolEventBatch> batches = new LinkedHashMap<>();
        unitOfWork.onPrepareCommit(u -> RetryingErrorHandler.run(() -> recorder.recordPredictions(batches)));
        unitOfWork.onPrepareCommit(u -> RetryingErrorHandler.run(() -> recorder.applyScores(batches)));
        unitOfWork.afterCommit(u -> batches.forEach(CandleFollower::committed));
        unitOfWork.onRollback(u -> batches.keySet().forEach(SymbolFollower::rolledBack));
        return batches;
    }

    /** Updates the state after a batch. The batch is stored and not handled again, so a failure leads to a rebuild. */
    private static void committed(SymbolFollower follower, SymbolEventBatch batch) {
        try {
            follower.committed(batch);
        } catch (RuntimeException | Error e) {
            log.warn("Rebuilding state from the log after a batch: {}", e.toString());
            follower.rolledBack();
        }
    }
}
