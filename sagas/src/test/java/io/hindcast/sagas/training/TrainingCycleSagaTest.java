package io.hindcast.sagas.training;

import static io.hindcast.api.model.ModelFamily.LIGHTGBM;
import static io.hindcast.api.model.ModelFamily.TST;
import static io.hindcast.sagas.training.CycleEvents.BTC;
import static io.hindcast.sagas.training.CycleEvents.NOON;
import static io.hindcast.sagas.training.CycleEvents.abandoned;
import static io.hindcast.sagas.training.CycleEvents.cancelByDeadline;
import static io.hindcast.sagas.training.CycleEvents.cancelled;
import static io.hindcast.sagas.training.CycleEvents.claimed;
import static io.hindcast.sagas.training.CycleEvents.declined;
import static io.hindcast.sagas.training.CycleEvents.ended;
import static io.hindcast.sagas.training.CycleEvents.fail;
import static io.hindcast.sagas.training.CycleEvents.failed;
import static io.hindcast.sagas.training.CycleEvents.failedForGood;
import static io.hindcast.sagas.training.CycleEvents.notSliced;
import static io.hindcast.sagas.training.CycleEvents.queue;
import static io.hindcast.sagas.training.CycleEvents.queued;
import static io.hindcast.sagas.training.CycleEvents.register;
import static io.hindcast.sagas.training.CycleEvents.registered;
import static io.hindcast.sagas.training.CycleEvents.released;
import static io.hindcast.sagas.training.CycleEvents.repeating;
import static io.hindcast.sagas.training.CycleEvents.requested;
import static io.hindcast.sagas.training.CycleEvents.run;
import static io.hindcast.sagas.training.CycleEvents.shifted;
import static io.hindcast.sagas.training.CycleEvents.sliced;
import static io.hindcast.sagas.training.CycleEvents.succeeded;
import static io.hindcast.sagas.training.CycleEvents.version;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.PromotionPolicies;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.training.EndTrainingCycle;
import io.hindcast.api.training.TrainingFailure;
import io.hindcast.api.training.TrainingRunFailed;
import io.hindcast.api.training.TrainingRunId;
import java.time.Duration;
import java.util.Map;
import org.axonframework.test.saga.ContinuedGivenState;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingCycleSagaTest {
    private static final Duration RUN = Duration.ofMinutes(30);
    private static final Duration WAIT = Duration.ofHours(24);
    private static final Duration FIRST_SUCCESS = Duration.ofHours(50);
    private static final Duration CYCLE = Duration.ofHours(100);

    private static final CycleLimits LIMITS = new CycleLimits(
            3, new CycleLimits.Timeouts(WAIT, RUN, FIRST_SUCCESS, CYCLE), CycleEvents.EXPIRY, () -> NOON);

    private SagaTestFixture<TrainingCycleSaga> fixture = new SagaTestFixture<>(TrainingCycleSaga.class);

    @BeforeEach
    void freshFixture() {
        fixture = new SagaTestFixture<>(TrainingCycleSaga.class);
        fixture.registerResource(LIMITS);
        fixture.registerResource(new PromotionPolicies(Map.of(LIGHTGBM, PromotionPolicy.GATED)));
    }

    @Test
    void cycleQueuesARunPerFamilyOnceItsDatasetIsRecorded() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(requested(TST, LIGHTGBM))
                .expectActiveSagas(1)
                .expectNoDispatchedCommands()
                .expectScheduledDeadline(FIRST_SUCCESS, new FirstSuccessDeadline())
                .expectScheduledDeadline(CYCLE, new CycleDeadline());
        freshFixture();
        fixture.givenAPublished(requested(TST, LIGHTGBM))
                .whenPublishingA(sliced())
                .expectDispatchedCommands(queue(LIGHTGBM, 1, NOON), queue(TST, 1, NOON));
    }

    @Test
    void repeatedRequestStartsNoSecondCycle() {
        cycle(LIGHTGBM)
                .andThenAPublished(requested(LIGHTGBM))
                .whenPublishingA(sliced())
                .expectActiveSagas(1)
                .expectNoDispatchedCommands();
    }

    @Test
    void waitTimeoutOfQueuedRunIsIndependentOfRunTimeout() {
        cycle(LIGHTGBM)
                .whenPublishingA(queued(LIGHTGBM, 1))
                .expectScheduledDeadline(WAIT, new ClaimDeadline(run(LIGHTGBM, 1), 0));
        freshFixture();
        cycle(LIGHTGBM)
                .andThenAPublished(queued(LIGHTGBM, 1))
                .whenTimeElapses(RUN.plusSeconds(1))
                .expectNoDispatchedCommands();
        freshFixture();
        twice(queued(LIGHTGBM, 1), cycle(LIGHTGBM))
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
        cycle(LIGHTGBM).whenPublishingA(failedForGood(LIGHTGBM, 1)).expectDispatchedCommands(end());
    }

    private ContinuedGivenState waiting() {
        return cycle(LIGHTGBM).andThenAPublished(queued(LIGHTGBM, 1));
    }

    @Test
    void failedRunIsRepeatedOncePerFailure() {
        ContinuedGivenState running = cycle(LIGHTGBM).andThenAPublished(queued(LIGHTGBM, 1));
        running.whenPublishingA(failed(LIGHTGBM, 1))
                .expectDispatchedCommands(queue(LIGHTGBM, 2, NOON))
                .expectNoScheduledDeadlineOfType(WAIT, ClaimDeadline.class);
        freshFixture();
        cycle(LIGHTGBM)
                .andThenAPublished(failed(LIGHTGBM, 1))
                .whenPublishingA(failed(LIGHTGBM, 1))
                .expectNoDispatchedCommands();
    }

    @Test
    void cycleEndsWhenAFamilyHasFailedThreeTimes() {
        cycle(LIGHTGBM)
                .andThenAPublished(failed(LIGHTGBM, 1))
                .andThenAPublished(failed(LIGHTGBM, 2))
                .whenPublishingA(failed(LIGHTGBM, 3))
                .expectDispatchedCommands(end());
    }

    @Test
    void succeededRunIsRegisteredOnce() {
        cycle(LIGHTGBM)
                .andThenAPublished(queued(LIGHTGBM, 1))
                .whenPublishingA(succeeded(LIGHTGBM, 1))
                .expectDispatchedCommands(register(LIGHTGBM, 1))
                .expectNoScheduledDeadlineOfType(WAIT, ClaimDeadline.class)
                .expectNoScheduledDeadlineOfType(FIRST_SUCCESS, FirstSuccessDeadline.class);
        freshFixture();
        twice(succeeded(LIGHTGBM, 1), cycle(LIGHTGBM))
                .whenPublishingA(registered(LIGHTGBM, 1))
                .expectDispatchedCommands(begin());
    }

    @Test
    void repetitionRegistersNothingAndEndsItsCycle() {
        fixture.givenAPublished(repeating(LIGHTGBM))
                .andThenAPublished(sliced())
                .andThenAPublished(queued(LIGHTGBM, 1))
                .whenPublishingA(succeeded(LIGHTGBM, 1))
                .expectDispatchedCommands(new EndTrainingCycle(BTC, 3, NOON));
    }

    @Test
    void lateSuccessOfFailedAttemptIsNotRegistered() {
        cycle(LIGHTGBM)
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
    void cycleEndsWhenPromotionIsDeclined() {
        promoting().whenPublishingA(declined(LIGHTGBM)).expectDispatchedCommands(end());
    }

    @Test
    void cycleEndsWhenPromotionIsRefused() {
        fixture.setCallbackBehavior((command, metaData) -> {
            if (command instanceof BeginPromotion) {
                throw RefusedException.of("LANE_NOT_LEFT", "promotion", "of a version with a lane", "another");
            }
            return null;
        });
        trained().whenPublishingA(registered(LIGHTGBM, 1)).expectDispatchedCommands(begin(), end());
    }

    @Test
    void cycleEndsWhenSlotsHaveShifted() {
        promoting().whenPublishingA(shifted(LIGHTGBM)).expectDispatchedCommands(end());
    }

    @Test
    void cycleEndsWhenThePromotionIsAbandoned() {
        promoting().whenPublishingA(abandoned(LIGHTGBM)).expectDispatchedCommands(end());
    }

    @Test
    void settledFamilyIgnoresRepeatedEvents() {
        ContinuedGivenState settled = promoting().andThenAPublished(shifted(LIGHTGBM));
        for (Object late :
                new Object[] {failed(LIGHTGBM, 1), succeeded(LIGHTGBM, 1), registered(LIGHTGBM, 1), shifted(LIGHTGBM)
                }) {
            settled = settled.andThenAPublished(late);
        }
        settled.whenPublishingA(abandoned(LIGHTGBM)).expectNoDispatchedCommands();
    }

    @Test
    void familyThatFinishesEarlyGoesLiveWhileTheCycleWaitsForTheOther() {
        cycle(LIGHTGBM, TST)
                .andThenAPublished(succeeded(LIGHTGBM, 1))
                .andThenAPublished(registered(LIGHTGBM, 1))
                .whenPublishingA(shifted(LIGHTGBM))
                .expectNoDispatchedCommands()
                .expectActiveSagas(1);
    }

    @Test
    void sagaEndsWithItsCycle() {
        twice(ended(), cycle(LIGHTGBM))
                .whenPublishingA(succeeded(LIGHTGBM, 1))
                .expectActiveSagas(0)
                .expectNoDispatchedCommands();
    }

    @Test
    void deadlineAfterTheEndOfTheCycleChangesNothing() {
        cycle(LIGHTGBM)
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
        fixture.givenAPublished(requested(LIGHTGBM))
                .whenPublishingA(sliced())
                .expectDispatchedCommands(queue(LIGHTGBM, 1, NOON), end());
    }

    @Test
    void eventsOfAnotherCycleAreIgnored() {
        cycle(LIGHTGBM)
                .whenPublishingA(new TrainingRunFailed(
                        new TrainingRunId(BTC, 2, LIGHTGBM, 1), new TrainingFailure("old", "none", true), NOON))
                .expectNoDispatchedCommands();
    }

    private ContinuedGivenState trained() {
        return cycle(LIGHTGBM).andThenAPublished(succeeded(LIGHTGBM, 1));
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
        return new BeginPromotion(version(LIGHTGBM).model(), 4, PromotionPolicy.GATED, NOON);
    }

    private ContinuedGivenState cycle(ModelFamily... families) {
        return fixture.givenAPublished(requested(families)).andThenAPublished(sliced());
    }

    @Test
    void cycleWithoutDatasetEnds() {
        fixture.givenAPublished(requested(LIGHTGBM, TST))
                .whenPublishingA(notSliced())
                .expectDispatchedCommands(end());
    }

    @Test
    void cycleCancelledBeforeItsDatasetIsRecordedEnds() {
        fixture.givenAPublished(requested(LIGHTGBM, TST))
                .andThenAPublished(cancelled())
                .whenPublishingA(sliced())
                .expectDispatchedCommands(end());
    }

    @Test
    void cancelledCycleEndsWhenItsRunsHaveFailed() {
        cycle(LIGHTGBM)
                .andThenAPublished(queued(LIGHTGBM, 1))
                .andThenAPublished(cancelled())
                .whenPublishingA(failedForGood(LIGHTGBM, 1))
                .expectDispatchedCommands(end());
    }

    @Test
    void cycleIsCancelledWhenNoRunSucceedsInTime() throws Exception {
        cycle(LIGHTGBM, TST)
                .andThenAPublished(failed(TST, 1))
                .whenTimeElapses(FIRST_SUCCESS.plusSeconds(1))
                .expectDispatchedCommands(cancelByDeadline("no run succeeded within PT50H"));
        freshFixture();
        cycle(LIGHTGBM, TST)
                .andThenAPublished(succeeded(TST, 1))
                .whenTimeElapses(FIRST_SUCCESS.plusSeconds(1))
                .expectNoDispatchedCommands();
    }

    @Test
    void cycleThatTakesTooLongIsCancelled() {
        cycle(LIGHTGBM, TST)
                .andThenAPublished(succeeded(TST, 1))
                .whenTimeElapses(CYCLE.plusSeconds(1))
                .expectDispatchedCommands(cancelByDeadline("it did not end within PT100H"));
    }
}
