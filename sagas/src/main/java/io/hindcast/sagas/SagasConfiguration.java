package io.hindcast.sagas;

import io.hindcast.runtime.Outages;
import io.hindcast.sagas.training.CycleRules;
import io.hindcast.sagas.training.FirstCyclePolicy;
import io.hindcast.sagas.training.TrainingCycleSaga;
import java.time.InstantSource;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The sagas wing. One tracking processor runs saga and policy; a failure (a database that is away) is propagated, so
 * that its token stays where it is and the event is delivered again until the decision has been carried out.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SagasProperties.class)
public class SagasConfiguration {

    @Bean
    CycleRules cycleRules(SagasProperties settings, @Qualifier("marketClock") InstantSource marketClock) {
        return new CycleRules(
                settings.attempts(),
                settings.waitTimeout(),
                settings.runTimeout(),
                settings.promotionTimeout(),
                settings.expiresAfter(),
                marketClock);
    }

    @Bean
    ConfigurerModule sagas(CycleRules rules, SagasProperties settings, Outages outages) {
        return configurer -> configurer
                .registerComponent(CycleRules.class, c -> rules)
                .eventProcessing(processing -> processing
                        .registerSaga(TrainingCycleSaga.class)
                        .registerEventHandler(c -> new FirstCyclePolicy(
                                settings.families(), settings.label(), settings.historyDays(), c.eventStore(), outages))
                        .registerListenerInvocationErrorHandler(
                                TrainingCycleSaga.PROCESSOR, c -> PropagatingErrorHandler.instance())
                        .registerTrackingEventProcessor(
                                TrainingCycleSaga.PROCESSOR,
                                Configuration::eventStore,
                                c -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                        // the default takes what is in the log at the first start for a replay, and
                                        // skips it
                                        .andInitialTrackingToken(StreamableMessageSource::createTailToken)));
    }
}
