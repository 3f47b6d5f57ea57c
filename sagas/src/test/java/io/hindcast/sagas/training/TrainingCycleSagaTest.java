package io.hindcast.sagas.training;

import static io.hindcast.api.model.ModelFamily.LIGHTGBM;
import static io.hindcast.api.model.ModelFamily.TST;
import static io.hindcast.sagas.training.CycleEvents.BTC;
import static io.hindcast.sagas.training.CycleEvents.NOON;
import static io.hindcast.sagas.training.CycleEvents.abandoned;
import static io.hindcast.sagas.training.CycleEvents.backfillGivenUp;
import static io.hindcast.sagas.training.CycleEvents.backfilled;
import static io.hindcast.sagas.training.CycleEvents.begun;
import static io.hindcast.sagas.training.CycleEvents.claimed;
import static io.hindcast.sagas.training.CycleEvents.ended;
import static io.hindcast.sagas.training.CycleEvents.fail;
import static io.hindcast.sagas.training.CycleEvents.failed;
import static io.hindcast.sagas.training.CycleEvents.failedForGood;
import static io.hindcast.sagas.training.CycleEvents.joined;
import static io.hindcast.sagas.training.CycleEvents.queue;
import static io.hindcast.sagas.training.CycleEvents.queued;
import static io.hindcast.sagas.training.CycleEvents.register;
import static io.hindcast.sagas.training.CycleEvents.registered;
import static io.hindcast.sagas.training.CycleEvents.registeredDegenerate;
import static io.hindcast.sagas.training.CycleEvents.released;
import static io.hindcast.sagas.training.CycleEvents.requested;
import static io.hindcast.sagas.training.CycleEvents.run;
import static io.hindcast.sagas.training.CycleEvents.shifted;
import static io.hindcast.sagas.training.CycleEvents.succeeded;
import static io.hindcast.sagas.training.CycleEvents.version;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import org.axonframework.test.saga.ContinuedGivenState;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingCycleSagaTest {
    private static final Duration RUN = Duration.ofMinutes(30);
    private static final Duration WAIT = Duration.ofHours(24);
    private static final Duration PROMOTION = Duration.ofMinutes(10);

    private static final Duration BACKFILL = Duration.ofHours(1);

    private static final CycleLimits LIMITS =
            new CycleLimits(3, WAIT, RUN, PROMOTION, BACKFILL, CycleEvents.EXPIRY, () -> NOON);

    private SagaTestFixture<TrainingCycleSaga> fixture = new SagaTestFixture<>(TrainingCycleSaga.class);

    @BeforeEach
    void freshFixture() {
        fixture = new SagaTestFixture<>(TrainingCycleSaga.class);
        fixture.registerResource(LIMITS);
    }

    @Test
    void requestedCycleQueuesARunPerFamily() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(requested(TST, LIGHTGBM))
                .expectActiveSagas(1)
                .expectDispatchedCommands(queue(LIGHTGBM, 1, NOON), queue(TST, 1, NOON));
    }

    @Test
    void repeatedRequestStartsNoSecondCycle() {
        fixture.givenAPublished(requested(LIGHTGBM))
                .whenPublishingA(requested(LIGHTGBM))
                .expectActiveSagas(1)
                .expectNoDispatchedCommands();
    }

    @Test
    void waitTimeoutOfQueuedRunIsIndependentOfRunTimeout() {
        fixture.givenAPublished(requested(LIGHTGBM))
                .whenPublishingA(queued(LIGHTGBM, 1))
                .expectScheduledDeadline(WAIT, new ClaimDeadline(run(LIGHTGBM, 1), 0));
        freshFixture();
        fixture.givenAPublished(requested(LIGHTGBM))
                .andThenAPublished(queued(LIGHTGBM, 1))
                .whenTimeElapses(RUN.plusSeconds(1))
                .expectNoDispatchedCommands();
        freshFixture();
        twice(queued(LIGHTGBM, 1), fixture.givenAPublished(requested(LIGHTGBM)))
                .whenTimeElapses(WAIT.plusSeconds(1))
                .expectTriggeredDeadlines(new ClaimDeadline(run(LIGHTGBM, 1), 0))
                .expectDispatchedCommands(fail(LIGHTGBM, 1, LIMITS.noWorker()));
    }

    @Test
    void runTimeoutBeginsWhenAWorkerClaimsTheRun() throws Exception {
        twice(claimed(LIGHTGBM, 1, 1), waiting())
                .whenTimeElapses(RUN.plusSeconds(1))
                .expectTriggeredDeadlines(new RunDeadline(run(LIGHTGBM, 1), 1))
                .expectDispatchedCommands(fail(LIGHTGBM, 1, LIMITS.noResult()));
        freshFixture();
        waiting()
                .andThenTimeElapses(WAIT.minusSeconds(1))
                .andThenAPublished(claimed(LIGHTGBM, 1, 1))
                .whenTimeElapses(RUN.minusSeconds(1))
                .expectNoDispatchedCommands();
    }

    @Test
    void runTimeoutBeginsAnewWhenAnotherWorkerTakesOver() throws Exception {
        waiting()
                .andThenAPublished(claimed(LIGHTGBM, 1, 1))
                .andThenTimeElapses(RUN.minusSeconds(1))
                .andThenAPublished(claimed(LIGHTGBM, 1, 2))
                .andThenAPublished(claimed(LIGHTGBM, 1, 1))
                .whenTimeElapses(RUN.minusSeconds(1))
                .expectNoDispatchedCommands();
    }

    @Test
    void releasedRunIsQueuedAgain() {
        twice(released(LIGHTGBM, 1, 1), waiting().andThenAPublished(claimed(LIGHTGBM, 1, 1)))
                .whenTimeElapses(RUN.plusSeconds(1))
                .expectNoDispatchedCommands();
        freshFixture();
        twice(released(LIGHTGBM, 1, 1), waiting().andThenAPublished(claimed(LIGHTGBM, 1, 1)))
                .whenTimeElapses(WAIT.plusSeconds(1))
                .expectTriggeredDeadlines(new ClaimDeadline(run(LIGHTGBM, 1), 1))
                .expectDispatchedCommands(fail(LIGHTGBM, 1, LIMITS.noWorker()));
    }

    @Test
    void runThatIsNotRetryableIsNotRepeated() {
        fixture.givenAPublished(requested(LIGHTGBM))
                .whenPublishingA(failedForGood(LIGHTGBM, 1))
                .expectDispatchedCommands(end());
    }

    private ContinuedGivenState waiting() {
        return fixture.givenAPublished(requested(LIGHTGBM)).andThenAPublished(queued(LIGHTGBM, 1));
    }

    @Test
    void failedRunIsRepeatedOncePerFailure() {
        ContinuedGivenState running =
                fixture.givenAPublished(requested(LIGHTGBM)).andThenAPublished(queued(LIGHTGBM, 1));
        running.whenPublishingA(failed(LIGHTGBM, 1))
                .expectDispatchedCommands(queue(LIGHTGBM, 2, NOON))
                .expectNoScheduledDeadlines();
        freshFixture();
        fixture.givenAPublished(requested(LIGHTGBM))
                .andThenAPublished(failed(LIGHTGBM, 1))
                .whenPublishingA(failed(LIGHTGBM, 1))
                .expectNoDispatchedCommands();
    }

    @Test
    void cycleEndsWhenAFamilyHasFailedThreeTimes() {
        fixture.givenAPublished(requested(LIGHTGBM))
                .andThenAPublished(failed(LIGHTGBM, 1))
                .andThenAPublished(failed(LIGHTGBM, 2))
                .whenPublishingA(failed(LIGHTGBM, 3))
                .expectDispatchedCommands(end());
    }

    @Test
    void succeededRunIsRegisteredOnce() {
        fixture.givenAPublished(requested(LIGHTGBM))
                .andThenAPublished(queued(LIGHTGBM, 1))
                .whenPublishingA(succeeded(LIGHTGBM, 1))
                .expectDispatchedCommands(register(LIGHTGBM, 1))
                .expectNoScheduledDeadlines();
        freshFixture();
        twice(succeeded(LIGHTGBM, 1), fixture.givenAPublished(requested(LIGHTGBM)))
                .whenPublishingA(registered(LIGHTGBM, 1))
                .expectDispatchedCommands(begin());
    }

    @Test
    void lateSuccessOfFailedAttemptIsNotRegistered() {
        fixture.givenAPublished(requested(LIGHTGBM))
                .andThenAPublished(failed(LIGHTGBM, 1))
                .whenPublishingA(succeeded(LIGHTGBM, 1))
                .expectNoDispatchedCommands();
    }

    @Test
    void registeredVersionIsPromotedOnce() {
        twice(registered(LIGHTGBM, 1), trained())
                .whenPublishingA(registered(LIGHTGBM, 1))
                .expectNoDispatchedCommands()
                .expectAssociationWith(TrainingCycleSaga.BY_VERSION, version(LIGHTGBM));
    }

    @Test
    void cycleEndsWhenPromotionOfDegenerateVersionIsRefused() {
        fixture.setCallbackBehavior((command, metaData) -> {
            if (command instanceof BeginPromotion) {
                throw RefusedException.of("DEGENERATE", "promotion", "of a degenerate version", "another");
            }
            return null;
        });
        trained().whenPublishingA(registeredDegenerate(LIGHTGBM)).expectDispatchedCommands(begin(), end());
    }

    @Test
    void promotionIsAbandonedWhenItsLaneDoesNotJoinInTime() {
        twice(begun(LIGHTGBM), promoting())
                .whenTimeElapses(PROMOTION.plusSeconds(1))
                .expectTriggeredDeadlines(new PromotionDeadline(version(LIGHTGBM)))
                .expectDispatchedCommands(
                        new AbandonPromotion(version(LIGHTGBM).model(), 4, "its lane did not join within PT10M", NOON));
    }

    @Test
    void joinedLaneAwaitsItsBackfill() {
        twice(joined(LIGHTGBM), promoting().andThenAPublished(begun(LIGHTGBM)))
                .whenPublishingA(joined(LIGHTGBM))
                .expectNoDispatchedCommands()
                .expectScheduledDeadline(BACKFILL, new BackfillDeadline(version(LIGHTGBM)));
    }

    @Test
    void completedBackfillCompletesThePromotion() {
        backfilling()
                .whenPublishingA(backfilled(LIGHTGBM))
                .expectDispatchedCommands(complete())
                .expectNoScheduledDeadlines();
    }

    @Test
    void promotionGoesOnWhenItsBackfillIsGivenUp() {
        backfilling()
                .whenPublishingA(backfillGivenUp(LIGHTGBM))
                .expectDispatchedCommands(complete())
                .expectNoScheduledDeadlines();
    }

    @Test
    void backfillIsGivenUpWhenItTakesTooLong() {
        backfilling()
                .whenTimeElapses(BACKFILL.plusSeconds(1))
                .expectTriggeredDeadlines(new BackfillDeadline(version(LIGHTGBM)))
                .expectDispatchedCommands(
                        new GiveUpBackfill(version(LIGHTGBM).model(), 4, "it was not completed within PT1H", NOON));
    }

    private ContinuedGivenState backfilling() {
        return promoting().andThenAPublished(begun(LIGHTGBM)).andThenAPublished(joined(LIGHTGBM));
    }

    @Test
    void cycleEndsWhenSlotsHaveShifted() {
        promoting()
                .andThenAPublished(begun(LIGHTGBM))
                .andThenAPublished(joined(LIGHTGBM))
                .whenPublishingA(shifted(LIGHTGBM))
                .expectDispatchedCommands(end());
    }

    @Test
    void cycleEndsWhenThePromotionIsAbandoned() {
        promoting()
                .andThenAPublished(begun(LIGHTGBM))
                .whenPublishingA(abandoned(LIGHTGBM))
                .expectDispatchedCommands(end())
                .expectNoScheduledDeadlines();
    }

    @Test
    void settledFamilyIgnoresRepeatedEvents() {
        ContinuedGivenState settled =
                promoting().andThenAPublished(joined(LIGHTGBM)).andThenAPublished(shifted(LIGHTGBM));
        for (Object late : new Object[] {
            failed(LIGHTGBM, 1), succeeded(LIGHTGBM, 1), registered(LIGHTGBM, 1), joined(LIGHTGBM), shifted(LIGHTGBM)
        }) {
            settled = settled.andThenAPublished(late);
        }
        settled.whenPublishingA(abandoned(LIGHTGBM))
                .expectNoDispatchedCommands()
                .expectNoScheduledDeadlines();
    }

    @Test
    void familyThatFinishesEarlyGoesLiveWhileTheCycleWaitsForTheOther() {
        fixture.givenAPublished(requested(LIGHTGBM, TST))
                .andThenAPublished(succeeded(LIGHTGBM, 1))
                .andThenAPublished(registered(LIGHTGBM, 1))
                .andThenAPublished(joined(LIGHTGBM))
                .whenPublishingA(shifted(LIGHTGBM))
                .expectNoDispatchedCommands()
                .expectActiveSagas(1);
    }

    @Test
    void sagaEndsWithItsCycle() {
        twice(ended(), fixture.givenAPublished(requested(LIGHTGBM)))
                .whenPublishingA(succeeded(LIGHTGBM, 1))
                .expectActiveSagas(0)
                .expectNoDispatchedCommands();
    }

    @Test
    void deadlineAfterTheEndOfTheCycleChangesNothing() {
        fixture.givenAPublished(requested(LIGHTGBM))
                .andThenAPublished(queued(LIGHTGBM, 1))
                .andThenAPublished(ended())
                .whenTimeElapses(WAIT.plusSeconds(1))
                .expectNoDispatchedCommands();
    }

    @Test
    void cycleEndsWhenItsRunsAreRefused() {
        fixture.setCallbackBehavior((command, metaData) -> {
            throw RefusedException.of("CYCLE_OVER", "cycle", 3, "the running one");
        });
        fixture.givenNoPriorActivity()
                .whenPublishingA(requested(LIGHTGBM))
                .expectDispatchedCommands(queue(LIGHTGBM, 1, NOON), end());
    }

    @Test
    void eventsOfAnotherCycleAreIgnored() {
        fixture.givenAPublished(requested(LIGHTGBM))
                .whenPublishingA(new TrainingRunFailed(
                        new TrainingRunId(BTC, 2, LIGHTGBM, 1), new TrainingFailure("old", "none", true), NOON))
                .expectNoDispatchedCommands();
    }

    private ContinuedGivenState trained() {
        return fixture.givenAPublished(requested(LIGHTGBM)).andThenAPublished(succeeded(LIGHTGBM, 1));
    }

    private ContinuedGivenState promoting() {
        return trained().andThenAPublished(registered(LIGHTGBM, 1));
    }

    private static ContinuedGivenState twice(Object event, ContinuedGivenState given) {
        return given.andThenAPublished(event).andThenAPublished(event);
    }

    private static EndTrainingCycle end() {
        return new EndTrainingCycle(BTC, 3, NOON);
    }

    private static BeginPromotion begin() {
        return new BeginPromotion(version(LIGHTGBM).model(), 4, NOON);
    }

    private static CompletePromotion complete() {
        return new CompletePromotion(version(LIGHTGBM).model(), 4, NOON);
    }
}
