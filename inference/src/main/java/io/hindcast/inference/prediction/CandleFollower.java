package io.hindcast.inference.prediction;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.MarketEvent;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.news.ArticleScored;
import io.hindcast.api.news.CountScore;
import io.hindcast.api.prediction.PredictionsReceipt;
import io.hindcast.api.prediction.RecordPredictions;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.runtime.RetryingErrorHandler;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event processor's handler: collects a batch by symbol and, before its token is committed, has the predictions
 * recorded, and what the next bars are to know of the news. Whatever fails is thrown, the token stays, and the batch is
 * handled again; what had been recorded by then is dropped as held already. So nothing is lost and nothing doubled,
 * wherever a process dies.
 */
@ProcessingGroup(CandleFollower.PROCESSOR)
@DisallowReplay
public final class CandleFollower {
    /** The event processor that follows candles and models. */
    public static final String PROCESSOR = "inference";

    /** All events of a symbol form one sequence, across midnight and models. */
    public static final SequencingPolicy<EventMessage<?>> BY_SYMBOL = event -> switch (event.getPayload()) {
        case MarketEvent e -> e.symbol().value();
        case ModelEvent e -> e.version().model().symbol().value();
        case ArticleScored e -> e.symbol().value();
        default -> event.getIdentifier();
    };

    private static final Logger log = LoggerFactory.getLogger(CandleFollower.class);

    private static final String BATCH = CandleFollower.class.getName() + ".batch";

    private final CommandGateway commands;
    private final InstantSource marketClock;
    private final InferenceProperties settings;
    private final InferenceMeters meters;
    private final Function<Symbol, SymbolFollower> followers;
    private final Map<Symbol, SymbolFollower> bySymbol = new ConcurrentHashMap<>();

    CandleFollower(
            CommandGateway commands,
            InstantSource marketClock,
            InferenceProperties settings,
            InferenceMeters meters,
            Function<Symbol, SymbolFollower> followers) {
        this.commands = commands;
        this.marketClock = marketClock;
        this.settings = settings;
        this.meters = meters;
        this.followers = followers;
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

    /** Another process may hold the segments from here on: what is kept here may soon not fit the log. */
    public void segmentsChanged() {
        bySymbol.values().forEach(SymbolFollower::interrupt);
    }

    /** Frees all models. No event is being handled when this is called. */
    public void close() {
        bySymbol.values().forEach(SymbolFollower::close);
        bySymbol.clear();
    }

    private SymbolFollower follower(Symbol symbol) {
        return bySymbol.computeIfAbsent(symbol, followers);
    }

    private SymbolBatch batchOf(SymbolFollower follower) {
        UnitOfWork<?> unitOfWork = CurrentUnitOfWork.get().root();
        Map<SymbolFollower, SymbolBatch> batches = unitOfWork.getOrComputeResource(BATCH, key -> begin(unitOfWork));
        SymbolBatch batch = batches.get(follower);
        if (batch == null) {
            batch = new SymbolBatch();
            batches.put(follower, batch);
            follower.begin();
        }
        return batch;
    }

    /**
     * Registers what happens at the batch's end before any command is sent: a bus that handles commands on this thread
     * publishes their events in this unit of work, and drops those that come after it has begun to publish.
     */
    private Map<SymbolFollower, SymbolBatch> begin(UnitOfWork<?> unitOfWork) {
        Map<SymbolFollower, SymbolBatch> batches = new LinkedHashMap<>();
        unitOfWork.onPrepareCommit(u -> RetryingErrorHandler.run(() -> record(batches)));
        unitOfWork.onPrepareCommit(u -> RetryingErrorHandler.run(() -> count(batches)));
        unitOfWork.afterCommit(u -> batches.forEach(CandleFollower::committed));
        unitOfWork.onRollback(u -> batches.keySet().forEach(SymbolFollower::lose));
        return batches;
    }

    /** The batch is stored, so that nothing can be handled again: what is kept of it is read back instead. */
    private static void committed(SymbolFollower follower, SymbolBatch batch) {
        try {
            follower.committed(batch);
        } catch (RuntimeException | Error e) {
            log.warn("Reading state back from the log after a batch: {}", e.toString());
            follower.lose();
        }
    }

    private void record(Map<SymbolFollower, SymbolBatch> batches) {
        Timer.Sample sample = meters.startScoring();
        List<CompletableFuture<PredictionsReceipt>> answers = new ArrayList<>();
        List<Instant> candleTimes = new ArrayList<>();
        boolean any = false;
        for (Map.Entry<SymbolFollower, SymbolBatch> entry : batches.entrySet()) {
            List<RecordPredictions> said = entry.getKey().predict(entry.getValue(), marketClock.instant());
            if (!any && !said.isEmpty()) {
                any = true;
                meters.scored(sample);
            }
            for (RecordPredictions command : said) {
                answers.add(commands.send(command));
            }
            if (!said.isEmpty()) {
                candleTimes.addAll(entry.getValue().candleTimes);
            }
        }
        if (answers.isEmpty()) {
            return;
        }
        int recorded = 0;
        int dropped = 0;
        for (CompletableFuture<PredictionsReceipt> answer : answers) {
            PredictionsReceipt receipt = await(answer);
            recorded += receipt.recorded();
            dropped += receipt.dropped();
        }
        meters.recorded(recorded, dropped, candleTimes);
    }

    /** After the batch's bars were scored: they do not know what is counted now. */
    private void count(Map<SymbolFollower, SymbolBatch> batches) {
        batches.forEach((follower, batch) -> {
            Map<CountScore, CompletableFuture<Boolean>> answers = new LinkedHashMap<>();
            follower.count(batch).forEach(command -> answers.put(command, commands.send(command)));
            answers.forEach((command, answer) -> batch.counted.put(command, await(answer)));
        });
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(settings.commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a batch was being recorded", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "a batch was not recorded within " + settings.commandTimeout() + "; it is handled again", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "a batch could not be recorded: " + e.getCause() + "; it is handled again", e.getCause());
        }
    }
}
