package io.hindcast.training;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.runtime.Outages;
import io.hindcast.runtime.SupervisedLoop;
import io.hindcast.runtime.WallTimer;
import io.hindcast.training.compute.ComputeProvider;
import io.hindcast.training.dataset.ArticleSlicer;
import io.hindcast.training.dataset.DatasetSlicer;
import io.hindcast.training.dispatch.OpenWork;
import io.hindcast.training.dispatch.TrainingEvents;
import io.hindcast.training.dispatch.TrainingLoops;
import io.hindcast.training.purge.PurgeConfiguration;
import io.hindcast.training.run.Contacts;
import io.hindcast.training.run.RunController;
import io.hindcast.training.run.RunService;
import io.hindcast.training.run.TrainingLog;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/**
 * Spring configuration of training. The importing application provides the logs, {@code ArtifactStore}, Axon, the
 * market clock, {@code PlatformAddress} and {@code WorkerProgram}.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrainingProperties.class)
@Import({ComputeConfiguration.class, PurgeConfiguration.class})
public class TrainingConfiguration {

    @Bean
    OpenWork openTrainingWork() {
        return new OpenWork();
    }

    @Bean
    @Lazy
    TrainingLog trainingLog(EventStore events) {
        return new TrainingLog(events);
    }

    @Bean
    Contacts workerContacts(WallTimer timer, ProgressReporter progress) {
        return new Contacts(timer, progress);
    }

    @Bean
    @Lazy
    RunService runService(
            TrainingLog log,
            ModelLog models,
            ArtifactStore artifacts,
            Contacts contacts,
            CommandGateway commands,
            @Qualifier("marketClock") InstantSource marketClock,
            TrainingProperties settings) {
        return new RunService(log, models, artifacts, contacts, commands, marketClock, settings);
    }

    /** The service is resolved with the first request: it sends commands, and Axon's configuration is not built yet. */
    @Bean
    RunController runController(ObjectProvider<RunService> runs) {
        return new RunController(runs::getObject);
    }

    @Bean
    @Lazy
    DatasetSlicer datasetSlicer(
            CandleLog candles,
            ArticleLog articles,
            SentimentLog sentiment,
            ArtifactStore artifacts,
            TrainingProperties settings) {
        return new DatasetSlicer(candles, sentiment, new ArticleSlicer(articles), artifacts, settings);
    }

    @Bean
    @Lazy
    TrainingLoops trainingLoops(
            TrainingLoops.Parts parts,
            DatasetSlicer slicer,
            ComputeProvider provider,
            PlatformAddress address,
            SupervisedLoop.Context context,
            TrainingProperties settings) {
        return new TrainingLoops(
                parts, slicer, provider, () -> settings.worker().platformUrl().or(address), context, settings);
    }

    @Bean
    @Lazy
    TrainingLoops.Parts trainingParts(
            OpenWork work,
            TrainingLog log,
            Contacts contacts,
            CommandGateway commands,
            @Qualifier("marketClock") InstantSource marketClock) {
        return new TrainingLoops.Parts(work, log, contacts, commands, marketClock);
    }

    /**
     * Registers the event handler and the loops. The loops are resolved lazily: they send commands, and Axon's
     * configuration is not built yet when modules are collected.
     */
    @Bean
    ConfigurerModule training(
            OpenWork work, ObjectProvider<TrainingLoops> loops, TrainingProperties settings, Outages outages) {
        return configurer -> {
            configurer.onStart(
                    Phase.INBOUND_EVENT_CONNECTORS, () -> loops.getObject().start());
            configurer.onShutdown(
                    Phase.INBOUND_EVENT_CONNECTORS, () -> loops.getObject().stop());
            configurer.eventProcessing(processing -> processing
                    .registerEventHandler(c -> new TrainingEvents(work, outages))
                    .registerListenerInvocationErrorHandler(
                            TrainingEvents.PROCESSOR, c -> PropagatingErrorHandler.instance())
                    .registerTokenStore(
                            TrainingEvents.PROCESSOR,
                            c -> new OpenWorkTokenStore(c.getComponent(TokenStore.class), () -> !work.isEmpty()))
                    .registerTrackingEventProcessor(
                            TrainingEvents.PROCESSOR,
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
