package io.hindcast.inference.prediction;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.inference.model.LaneGround;
import io.hindcast.inference.model.LaneLoader;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The handler with all it stands on; closing it ends its threads and frees its models. */
public final class InferenceEngine implements AutoCloseable {
    private static final int WAITING_READS = 64;
    private static final List<ModelFamily> READ_BARS = List.of(ModelFamily.LIGHTGBM, ModelFamily.TST);

    private final CandleFollower handler;
    private final LaneLoader loader;
    private final ThreadPoolExecutor readers;

    public InferenceEngine(LaneGround ground, Logs logs, InstantSource wallClock) {
        InferenceProperties settings = ground.settings();
        loader = ground.loader("lane loader", settings.loaders());
        readers = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_READS),
                Thread.ofPlatform().name("inference-reader-", 1).daemon().factory());
        readers.allowCoreThreadTimeOut(true);
        InferenceMeters meters =
                new InferenceMeters(ground.loops().meters(), ground.registry(), ground.marketClock(), wallClock);
        handler = new CandleFollower(
                ground.commands(),
                ground.marketClock(),
                settings,
                meters,
                symbol -> new SymbolFollower(
                        symbol,
                        logs,
                        ground.lanes(symbol, READ_BARS, loader),
                        settings,
                        meters,
                        ground.marketClock(),
                        readers,
                        ground.outages()));
    }

    public CandleFollower handler() {
        return handler;
    }

    @Override
    public void close() {
        loader.close();
        readers.shutdownNow();
        handler.close();
    }
}
