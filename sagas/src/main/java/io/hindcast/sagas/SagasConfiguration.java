package io.hindcast.sagas;

import io.hindcast.api.model.PromotionPolicies;
import io.hindcast.runtime.Outages;
import io.hindcast.sagas.audit.DailyAuditPolicy;
import io.hindcast.sagas.promotion.PromotionLimits;
import io.hindcast.sagas.promotion.PromotionPolicyQueries;
import io.hindcast.sagas.promotion.PromotionSaga;
import io.hindcast.sagas.training.CycleLimits;
import io.hindcast.sagas.training.FirstCyclePolicy;
import io.hindcast.sagas.training.RetrainingHandler;
import io.hindcast.sagas.training.ScheduledTrainingPolicy;
import io.hindcast.sagas.training.TrainingCycleSaga;
import io.hindcast.sagas.training.TrainingPlan;
import io.hindcast.sagas.training.TrainingSchedule;
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
 * Configures the sagas. One tracking processor runs sagas and policy; a failure (such as an unreachable database) is
 * propagated, so that its token stays where it is and the event is delivered again until the decision has been carried
 * out.
 */
@org.springframework.context.annotation.Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    TrainingPlanProperties.class,
    TrainingScheduleProperties.class,
    CycleLimitsProperties.class,
    PromotionPolicyProperties.class,
    AuditScheduleProperties.class
})
public class SagasConfiguration {

    @Bean
    TrainingPlan trainingPlan(TrainingPlanProperties settings) {
        return settings.plan();
    }

    @Bean
    TrainingSchedule trainingSchedule(TrainingScheduleProperties settings) {
        return settings.schedule();
    }

    @Bean
    CycleLimits cycleLimits(CycleLimitsProperties settings, @Qualifier("marketClock") InstantSource marketClock) {
        return settings.cycleLimits(marketClock);
    }

    @Bean
    PromotionLimits promotionLimits(
            CycleLimitsProperties settings, @Qualifier("marketClock") InstantSource marketClock) {
        return settings.promotionLimits(marketClock);
    }

    @Bean
    PromotionPolicies promotionPolicies(PromotionPolicyProperties settings) {
        return settings.policies();
    }

    @Bean
    ConfigurerModule sagas(
            TrainingPlan plan,
            TrainingSchedule schedule,
            CycleLimits limits,
            PromotionLimits promotionLimits,
            PromotionPolicies policies,
            AuditScheduleProperties audits,
            Outages outages) {
        return configurer -> configurer
                .registerComponent(CycleLimits.class, c -> limits)
                .registerComponent(PromotionLimits.class, c -> promotionLimits)
                .registerComponent(PromotionPolicies.class, c -> policies)
                .registerCommandHandler(c -> new RetrainingHandler(plan, c.commandGateway(), c.queryGateway()))
                .registerQueryHandler(c -> new PromotionPolicyQueries(policies))
                .eventProcessing(processing -> processing
                        .registerSaga(TrainingCycleSaga.class)
                        .registerSaga(PromotionSaga.class)
                        .registerEventHandler(c -> new FirstCyclePolicy(plan, c.eventStore(), outages))
                        .registerEventHandler(c -> new ScheduledTrainingPolicy(schedule, plan, c.eventStore()))
                        .registerEventHandler(c -> new DailyAuditPolicy(audits.daily(), c.eventStore()))
                        .registerListenerInvocationErrorHandler(
                                TrainingCycleSaga.PROCESSOR, c -> PropagatingErrorHandler.instance())
                        .registerTrackingEventProcessor(
                                TrainingCycleSaga.PROCESSOR,
                                Configuration::eventStore,
                                c -> TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                        // the default treats events that are in the log at the first start as a
                                        // replay, and skips them
                                        .andInitialTrackingToken(StreamableMessageSource::createTailToken)));
    }
}
