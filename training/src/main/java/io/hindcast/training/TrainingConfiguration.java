package io.hindcast.training;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.ml.hub.DownloadProgress;
import io.hindcast.ml.hub.HubSettings;
import io.hindcast.ml.hub.ModelHub;
import io.hindcast.ml.memory.AvailableMemory;
import io.hindcast.ml.trl.TrlTraining;
import io.hindcast.runtime.Outages;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Spring configuration of training. The importing application provides {@code CandleLog}, {@code ArticleLog},
 * {@code SentimentLog}, {@code ArtifactStore}, Axon and the market clock.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrainingProperties.class)
public class TrainingConfiguration {

    @Bean(destroyMethod = "close")
    @Lazy
    TrainingWorker trainingWorker(
            CandleLog candles,
            ArticleLog articles,
            SentimentLog sentiment,
            ArtifactStore artifacts,
            CommandGateway commands,
            @Qualifier("marketClock") InstantSource marketClock,
            TrainingProperties settings,
            ProgressReporter progress,
            MeterRegistry meters) {
        ModelHub hub =
                new ModelHub(HubSettings.of(System.getenv(), settings.trl().modelCache()));
        MarketSlicer market = new MarketSlicer(candles);
        TrainingJob job = new TrainingJob(
                new DatasetSlicer(market, sentiment, settings),
                new ArticleSlicer(market, articles),
                new ArticleTrainingRecipe(new TrlTraining(hub, DownloadProgress.NONE), settings),
                artifacts,
                settings,
                marketClock,
                progress,
                AvailableMemory::now);
        return new TrainingWorker(job, UUID.randomUUID().toString(), commands, marketClock, settings, meters);
    }

    /**
     * Registers the event handler. The worker is resolved lazily: it sends commands, and Axon's configuration is not
     * built yet when modules are collected.
     */
    @Bean
    ConfigurerModule training(ObjectProvider<TrainingWorker> worker, TrainingProperties settings, Outages outages) {
        return configurer -> {
            // early enough to report interrupted runs by commands
            configurer.onShutdown(
                    Phase.INBOUND_EVENT_CONNECTORS, () -> worker.getObject().close());
            configurer.eventProcessing(processing -> processing
                    .registerEventHandler(c ->
                            new TrainingRunHandler(new TrainingProgramLog(c.eventStore()), worker.getObject(), outages))
                    .registerListenerInvocationErrorHandler(
                            TrainingRunHandler.PROCESSOR, c -> PropagatingErrorHandler.instance())
                    .registerTokenStore(
                            TrainingRunHandler.PROCESSOR,
                            c -> new UnfinishedRunTokenStore(
                                    c.getComponent(TokenStore.class),
                                    () -> worker.getObject().busy()))
                    .registerTrackingEventProcessor(
                            TrainingRunHandler.PROCESSOR,
                            Configuration::eventStore,
                            c -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                    // by default the first start treats the events in the log as a replay and
                                    // skips them
                                    .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                                    .andEventAvailabilityTimeout(
                                            settings.worker().idleClaim().toMillis(), TimeUnit.MILLISECONDS)));
        };
    }
}
