package io.hindcast.inference.prediction;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.inference.LaneRegistry;
import io.hindcast.inference.model.LaneLoader;
import io.hindcast.inference.model.SymbolLanes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** The handler with all it stands on; closing it ends its threads and frees its models. */
public final class InferenceEngine implements AutoCloseable {
    private static final int WAITING_READS = 64;
    private static final List<ModelFamily> READ_BARS = List.of(ModelFamily.LIGHTGBM, ModelFamily.TST);

    private final CandleFollower handler;
    private final LaneLoader loader;
    private final ThreadPoolExecutor readers;

    public InferenceEngine(
            CandleLog candles,
            ArticleLog articles,
            SentimentLog sentiment,
            ModelLog models,
            ArtifactStore artifacts,
            CommandGateway commands,
            InstantSource marketClock,
            InstantSource wallClock,
            InferenceProperties settings,
            LaneRegistry registry,
            MeterRegistry meterRegistry) {
        loader = new LaneLoader(artifacts, commands, marketClock, settings.loaders(), settings.retryPause());
        readers = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_READS),
                Thread.ofPlatform().name("inference-reader-", 1).daemon().factory());
        readers.allowCoreThreadTimeOut(true);
        InferenceMeters meters = new InferenceMeters(meterRegistry, registry, marketClock, wallClock);
        handler = new CandleFollower(
                commands,
                marketClock,
                settings,
                meters,
                symbol -> new SymbolFollower(
                        symbol,
                        candles,
                        articles,
                        sentiment,
                        new SymbolLanes(
                                symbol,
                                READ_BARS,
                                models,
                                loader,
                                commands,
                                marketClock,
                                settings.commandTimeout(),
                                settings.missedBars(),
                                registry),
                        settings,
                        meters,
                        marketClock,
                        readers));
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
