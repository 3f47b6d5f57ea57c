package io.hindcast.inference;

import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.audit.AuditLog;
import io.hindcast.history.audit.AuditedCandles;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.history.prediction.PredictionLog;
import io.hindcast.inference.article.ArticleFollower;
import io.hindcast.inference.backfill.BackfillFollower;
import io.hindcast.inference.backfill.BackfillSources;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.ModelSource;
import io.hindcast.inference.prediction.CandleFollower;
import io.hindcast.inference.prediction.FeatureSources;
import io.hindcast.inference.reaction.ReactionMeasurer;
import io.hindcast.inference.replay.AuditFollower;
import io.hindcast.inference.replay.ReplaySources;
import io.hindcast.runtime.RetryingErrorHandler;
import io.hindcast.runtime.SupervisedLoop;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Wires this room. Its processor is a tracking processor, which a commit wakes. While busy it stores one token per
 * batch, after the batch's predictions are recorded; while idle it only extends its claim.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InferenceProperties.class)
public class InferenceConfiguration {
    @Bean
    LaneRegistry laneRegistry() {
        return new LaneRegistry();
    }

    @Bean
    ModelSource modelSource(ArtifactStore artifacts) {
        return ModelSource.of(artifacts);
    }

    @Bean
    LaneContext laneContext(
            ModelLog models,
            ModelSource source,
            CommandGateway commands,
            @Qualifier("marketClock") InstantSource marketClock,
            InferenceProperties settings,
            LaneRegistry registry,
            SupervisedLoop.Context loops) {
        return new LaneContext(models, source, commands, marketClock, settings, registry, loops);
    }

    @Bean
    ReplaySources replaySources(
            CandleLog candles,
            SentimentLog sentiment,
            ArticleLog articles,
            PredictionLog predictions,
            AuditLog audits,
            AuditedCandles audited) {
        return new ReplaySources(audits, new BackfillSources(candles, sentiment, articles, predictions), audited);
    }

    @Bean(destroyMethod = "close")
    @Lazy
    InferenceEngine inferenceEngine(
            LaneContext context,
            ReplaySources sources,
            QueryGateway queries,
            @Qualifier("wallClock") InstantSource wallClock) {
        BackfillSources past = sources.past();
        return new InferenceEngine(
                new CandleFollower(context, new FeatureSources(past.candles(), past.sentiment()), wallClock),
                new ArticleFollower(context, past.articles()),
                new ReactionMeasurer(context, past.candles(), queries),
                new BackfillFollower(context, past),
                new AuditFollower(context, sources, queries));
    }

    /** The engine is a provider because it needs Axon, which is still being configured when modules are collected. */
    @Bean
    ConfigurerModule inference(ObjectProvider<InferenceEngine> engine, InferenceProperties settings) {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerEventHandler(c -> engine.getObject().candles())
                .registerEventHandler(c -> engine.getObject().articles())
                .registerEventHandler(c -> engine.getObject().reactions())
                .registerEventHandler(c -> engine.getObject().backfills())
                .registerEventHandler(c -> engine.getObject().audits())
                .registerSequencingPolicy(InferenceProcessor.NAME, c -> InferenceProcessor.BY_SYMBOL)
                .registerListenerInvocationErrorHandler(
                        InferenceProcessor.NAME, c -> PropagatingErrorHandler.instance())
                .registerErrorHandler(InferenceProcessor.NAME, c -> RetryingErrorHandler.INSTANCE)
                .registerTrackingEventProcessor(
                        InferenceProcessor.NAME,
                        Configuration::eventStore,
                        c -> processor(settings.processor(), engine)));
    }

    private static TrackingEventProcessorConfiguration processor(
            InferenceProperties.Processor settings, ObjectProvider<InferenceEngine> engine) {
        return TrackingEventProcessorConfiguration.forParallelProcessing(settings.threads())
                .andInitialSegmentsCount(settings.threads())
                // Axon's default treats events already in the log at the first start as a replay, and skips them.
                .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                .andBatchSize(settings.batchSize())
                .andEventAvailabilityTimeout(settings.idleClaim().toMillis(), TimeUnit.MILLISECONDS)
                .andEventTrackerStatusChangeListener(changes -> {
                    if (changes.values().stream()
                            .anyMatch(status -> status.trackerAdded() || status.trackerRemoved())) {
                        engine.getObject().candles().segmentsChanged();
                    }
                });
    }
}
