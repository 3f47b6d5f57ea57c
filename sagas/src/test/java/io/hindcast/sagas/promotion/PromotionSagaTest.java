package io.hindcast.sagas.promotion;

import static io.hindcast.api.model.ModelFamily.LIGHTGBM;
import static io.hindcast.sagas.training.CycleEvents.NOON;
import static io.hindcast.sagas.training.CycleEvents.abandoned;
import static io.hindcast.sagas.training.CycleEvents.backfillGivenUp;
import static io.hindcast.sagas.training.CycleEvents.backfilled;
import static io.hindcast.sagas.training.CycleEvents.begun;
import static io.hindcast.sagas.training.CycleEvents.joined;
import static io.hindcast.sagas.training.CycleEvents.shifted;
import static io.hindcast.sagas.training.CycleEvents.version;

import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import java.time.Duration;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromotionSagaTest {
    private static final Duration JOIN = Duration.ofMinutes(10);
    private static final Duration BACKFILL = Duration.ofHours(1);

    private final SagaTestFixture<PromotionSaga> fixture = new SagaTestFixture<>(PromotionSaga.class);

    @BeforeEach
    void limits() {
        fixture.registerResource(new PromotionLimits(JOIN, BACKFILL, () -> NOON));
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
    void joinedLaneAwaitsItsBackfill() {
        fixture.givenAPublished(begun(LIGHTGBM))
                .andThenAPublished(joined(LIGHTGBM))
                .whenPublishingA(joined(LIGHTGBM))
                .expectNoDispatchedCommands()
                .expectScheduledDeadline(BACKFILL, new BackfillDeadline(version(LIGHTGBM)));
    }

    @Test
    void promotionCompletesWhenTheBackfillIsCompletedOrGivenUp() {
        for (Object end : new Object[] {backfilled(LIGHTGBM), backfillGivenUp(LIGHTGBM)}) {
            SagaTestFixture<PromotionSaga> one = new SagaTestFixture<>(PromotionSaga.class);
            one.registerResource(new PromotionLimits(JOIN, BACKFILL, () -> NOON));
            one.givenAPublished(begun(LIGHTGBM))
                    .andThenAPublished(joined(LIGHTGBM))
                    .whenPublishingA(end)
                    .expectDispatchedCommands(complete())
                    .expectNoScheduledDeadlines();
        }
    }

    @Test
    void backfillIsGivenUpWhenItTakesTooLong() {
        fixture.givenAPublished(begun(LIGHTGBM))
                .andThenAPublished(joined(LIGHTGBM))
                .whenTimeElapses(BACKFILL.plusSeconds(1))
                .expectTriggeredDeadlines(new BackfillDeadline(version(LIGHTGBM)))
                .expectDispatchedCommands(
                        new GiveUpBackfill(version(LIGHTGBM).model(), 4, "it was not completed within PT1H", NOON));
    }

    private static CompletePromotion complete() {
        return new CompletePromotion(version(LIGHTGBM).model(), 4, NOON);
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
                .andThenAPublished(joined(LIGHTGBM))
                .whenPublishingA(backfilled(LIGHTGBM))
                .expectActiveSagas(1)
                .expectDispatchedCommands(complete());
    }
}
