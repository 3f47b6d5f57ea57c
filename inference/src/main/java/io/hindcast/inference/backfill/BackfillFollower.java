package io.hindcast.inference.backfill;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.ModelId;
import io.hindcast.inference.InferenceProcessor;
import io.hindcast.inference.model.LaneContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;

/**
 * Event handler that has the pasts of versions computed: those of bars on a bounded pool of low-priority threads, those
 * of articles, which take much longer, beside them. Axon calls the handlers on the thread that owns the symbol's
 * segment; they return at once.
 */
@ProcessingGroup(InferenceProcessor.NAME)
@DisallowReplay
public final class BackfillFollower implements AutoCloseable {

    private final ThreadPoolExecutor threads;
    private final List<Backfiller> backfillers;

    public BackfillFollower(LaneContext context, BackfillSources sources) {
        threads = LowPriority.pool(context.settings().backfill().poolSize(), "backfill-days");
        DayRecorder recorder =
                new DayRecorder(context.commands(), context.loops().meters());
        backfillers = List.of(
                new Backfiller(
                        "backfill of bars",
                        Set.of(ModelFamily.LIGHTGBM, ModelFamily.TST),
                        context,
                        sources,
                        threads,
                        recorder),
                new Backfiller("backfill of articles", Set.of(ModelFamily.TRL), context, sources, threads, recorder));
    }

    @EventHandler
    public void on(ModelEvent event) {
        backfillers.forEach(backfiller -> backfiller.on(event));
    }

    /** A symbol is new to this process with its first candle event, after a start too. */
    @EventHandler
    public void on(CandlesRecorded event) {
        for (ModelFamily family : ModelFamily.values()) {
            ModelId model = new ModelId(family, event.symbol());
            backfillers.forEach(backfiller -> backfiller.wake(model));
        }
    }

    public void start() {
        backfillers.forEach(Backfiller::start);
    }

    public void stop() {
        backfillers.forEach(Backfiller::stop);
    }

    public boolean isRunning() {
        return backfillers.stream().anyMatch(Backfiller::isRunning);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
