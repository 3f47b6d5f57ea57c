package io.hindcast.sagas.promotion;

import static io.hindcast.api.model.ModelFamily.LIGHTGBM;
import static io.hindcast.sagas.training.CycleEvents.NOON;
import static io.hindcast.sagas.training.CycleEvents.abandoned;
import static io.hindcast.sagas.training.CycleEvents.begun;
import static io.hindcast.sagas.training.CycleEvents.joined;
import static io.hindcast.sagas.training.CycleEvents.shifted;
import static io.hindcast.sagas.training.CycleEvents.version;

import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.CompletePromotion;
import java.time.Duration;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromotionSagaTest {
    private static final Duration JOIN = Duration.ofMinutes(10);

    private final SagaTestFixture<PromotionSaga> fixture = new SagaTestFixture<>(PromotionSaga.class);

    @BeforeEach
    void limits() {
        fixture.registerResource(new PromotionLimits(JOIN, () -> NOON));
    }

    @Test
    void promotionIsAbandonedWhenItsLaneDoesNotJoinInTime() {
        fixture.givenAPublished(begun(LIGHTGBM))
                .andThenAPublished(begun(LIGHTGBM))
                .whenTimeElapses(JOIN.plusSeconds(1))
                .expectTriggeredDeadlines(new PromotionDeadline(version(LIGHTGBM)))
                .expectDispatchedCommands(
                        new AbandonPromotion(version(LIGHTGBM).model(), 4, "its lane did not join within PT10M", NOON));
    }

    @Test
    void joinedLaneCompletesThePromotion() {
        fixture.givenAPublished(begun(LIGHTGBM))
                .whenPublishingA(joined(LIGHTGBM))
                .expectDispatchedCommands(
                        new CompletePromotion(version(LIGHTGBM).model(), 4, NOON))
                .expectNoScheduledDeadlines();
    }

    @Test
    void endsWhenSlotsHaveShifted() {
        fixture.givenAPublished(begun(LIGHTGBM))
                .andThenAPublished(joined(LIGHTGBM))
                .whenPublishingA(shifted(LIGHTGBM))
                .expectActiveSagas(0)
                .expectNoDispatchedCommands();
    }

    @Test
    void endsWhenThePromotionIsAbandoned() {
        fixture.givenAPublished(begun(LIGHTGBM))
                .whenPublishingA(abandoned(LIGHTGBM))
                .expectActiveSagas(0)
                .expectNoScheduledDeadlines();
    }

    @Test
    void versionMayBePromotedAgainAfterwards() {
        fixture.givenAPublished(begun(LIGHTGBM))
                .andThenAPublished(abandoned(LIGHTGBM))
                .andThenAPublished(begun(LIGHTGBM))
                .whenPublishingA(joined(LIGHTGBM))
                .expectActiveSagas(1)
                .expectDispatchedCommands(
                        new CompletePromotion(version(LIGHTGBM).model(), 4, NOON));
    }
}
