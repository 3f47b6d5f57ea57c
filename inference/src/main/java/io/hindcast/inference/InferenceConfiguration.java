package io.hindcast.inference;

import io.hindcast.artifacts.ArtifactStore;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.model.ModelLog;
import io.hindcast.history.news.ArticleLog;
import io.hindcast.history.news.SentimentLog;
import io.hindcast.inference.model.LaneGround;
import io.hindcast.inference.model.ModelSource;
import io.hindcast.inference.news.ArticleFollower;
import io.hindcast.inference.news.NewsHandler;
import io.hindcast.inference.news.ReactionMeasurer;
import io.hindcast.inference.prediction.CandleFollower;
import io.hindcast.inference.prediction.InferenceEngine;
import io.hindcast.inference.prediction.Logs;
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
 * The inference wing. Its processor is a tracking processor, which a commit wakes. Busy, it stores one token a batch,
 * after the batch's predictions are recorded; idle, it extends its claim now and then.
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
    LaneGround laneGround(
            ModelLog models,
            ModelSource source,
            CommandGateway commands,
            @Qualifier("marketClock") InstantSource marketClock,
            InferenceProperties settings,
            LaneRegistry registry,
            SupervisedLoop.Ground loops) {
        return new LaneGround(models, source, commands, marketClock, settings, registry, loops);
    }

    @Bean(destroyMethod = "close")
    @Lazy
    InferenceEngine inferenceEngine(
            LaneGround ground,
            CandleLog candles,
            ArticleLog articles,
            SentimentLog sentiment,
            @Qualifier("wallClock") InstantSource wallClock) {
        return new InferenceEngine(ground, new Logs(candles, articles, sentiment), wallClock);
    }

    @Bean
    ReactionMeasurer reactionMeasurer(
            CandleLog candles,
            CommandGateway commands,
            QueryGateway queries,
            @Qualifier("marketClock") InstantSource marketClock,
            InferenceProperties settings,
            SupervisedLoop.Ground loops) {
        return new ReactionMeasurer(candles, commands, queries, marketClock, settings.reaction(), loops);
    }

    @Bean
    ArticleFollower articleFollower(LaneGround ground, ArticleLog articles) {
        return new ArticleFollower(ground, articles);
    }

    /** The engine is asked for late: it needs Axon, whose configuration is being built when modules are collected. */
    @Bean
    ConfigurerModule inference(
            ObjectProvider<InferenceEngine> engine,
            ObjectProvider<ReactionMeasurer> reactions,
            ObjectProvider<ArticleFollower> articles,
            InferenceProperties settings) {
        return configurer -> configurer.eventProcessing(processing -> processing
                .registerEventHandler(c -> engine.getObject().handler())
                .registerEventHandler(c -> new NewsHandler(reactions.getObject(), articles.getObject()))
                .registerSequencingPolicy(CandleFollower.PROCESSOR, c -> CandleFollower.BY_SYMBOL)
                .registerListenerInvocationErrorHandler(
                        CandleFollower.PROCESSOR, c -> PropagatingErrorHandler.instance())
                .registerErrorHandler(CandleFollower.PROCESSOR, c -> RetryingErrorHandler.INSTANCE)
                .registerTrackingEventProcessor(
                        CandleFollower.PROCESSOR, Configuration::eventStore, c -> processor(settings, engine)));
    }

    private static TrackingEventProcessorConfiguration processor(
            InferenceProperties settings, ObjectProvider<InferenceEngine> engine) {
        return TrackingEventProcessorConfiguration.forParallelProcessing(settings.threads())
                .andInitialSegmentsCount(settings.threads())
                // the default takes what is in the log at the first start for a replay, and skips it
                .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                .andBatchSize(settings.batchSize())
                .andEventAvailabilityTimeout(settings.idleClaim().toMillis(), TimeUnit.MILLISECONDS)
                .andEventTrackerStatusChangeListener(changes -> {
                    if (changes.values().stream()
                            .anyMatch(status -> status.trackerAdded() || status.trackerRemoved())) {
                        engine.getObject().handler().segmentsChanged();
                    }
                });
    }
}
