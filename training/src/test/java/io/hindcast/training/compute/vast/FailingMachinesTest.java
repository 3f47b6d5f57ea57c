package io.hindcast.training.compute.vast;

import static io.hindcast.training.compute.vast.RentingPlatform.RUN;
import static io.hindcast.training.compute.vast.RentingPlatform.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.rental.MachineAvoided;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.RentalReserved;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.vast.FakeVast.Fault;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Machines that fail, and money that runs out. */
@NullUnmarked
class FailingMachinesTest {

    private final RentingPlatform platform = new RentingPlatform();
    private final FakeVast vast = platform.vast;

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void aMachineThatVanishesIsAvoidedAndCharged() {
        vast.offer(1, 101, 0.12);
        vast.offer(2, 102, 0.2);
        FakeVast.Instance instance = platform.rented(RUN);
        platform.lookFor(RUN, Duration.ofMinutes(30));
        vast.vanish(instance);
        MachineState state = platform.lookUntil(RUN, MachineState.Ended.class::isInstance);
        assertThat(state.toString()).contains("taken away");
        platform.release(RUN);
        assertThat(platform.events(MachineAvoided.class))
                .singleElement()
                .satisfies(avoided -> assertThat(avoided.machine()).isEqualTo(101));
        assertThat(platform.events(RentalEnded.class).getFirst().cost()).isBetween(Usd.of("0.06"), Usd.of("0.08"));
        platform.restart();
        assertThat(platform.rented(RentingPlatform.run(1, ModelFamily.LIGHTGBM, 2)).offer)
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"ODD", "EMPTY", "BAD_GATEWAY", "REQUEST_LOST", "TOO_FAST"})
    void anOddAnswerAboutAMachineNeverMeansThatItIsGone(Fault fault) {
        vast.offer(1, 101, 0.1);
        platform.rented(RUN);
        for (int i = 0; i < 12; i++) {
            vast.fault(VastCall.SHOW, fault);
            platform.lookFor(RUN, Duration.ofSeconds(10));
        }
        vast.fault(VastCall.SHOW, Fault.EMPTY).fault(VastCall.LIST, Fault.EMPTY);
        assertThat(platform.lookFor(RUN, Duration.ofMinutes(1))).isInstanceOf(MachineState.Running.class);
        assertThat(platform.events(RentalEnded.class)).isEmpty();
    }

    @Test
    void aHigherPriceIsNeverAccepted() {
        vast.offer(1, 101, 0.1);
        FakeVast.Instance instance = platform.rented(RUN);
        instance.perHour = 0.13;
        MachineState state = platform.lookUntil(RUN, MachineState.Ended.class::isInstance);
        assertThat(state.toString()).contains("price rose from 0.1 to 0.13 USD an hour");
        platform.release(RUN);
        assertThat(vast.instances()).isEmpty();
        assertThat(platform.events(MachineAvoided.class)).hasSize(1);
        assertThat(vast.received()).noneMatch(one -> one.path().contains("price-increase"));
    }

    @Test
    void anExitedContainerEndsItsRun() {
        vast.offer(1, 101, 0.1);
        platform.rented(RUN).status = "exited";
        MachineState state = platform.lookUntil(RUN, MachineState.Ended.class::isInstance);
        assertThat(state.toString()).contains("container is exited: status of");
        platform.release(RUN);
        assertThat(vast.instances()).isEmpty();
    }

    @Test
    void aHostThatIsAwayForLongIsGivenUp() {
        vast.offer(1, 101, 0.1);
        FakeVast.Instance instance = platform.rented(RUN);
        instance.status = "unknown";
        assertThat(platform.lookFor(RUN, Duration.ofSeconds(90))).isInstanceOf(MachineState.Running.class);
        instance.status = "running";
        platform.lookFor(RUN, Duration.ofSeconds(30));
        instance.status = "offline";
        assertThat(platform.lookFor(RUN, Duration.ofSeconds(90))).isInstanceOf(MachineState.Running.class);
        MachineState state = platform.lookUntil(RUN, MachineState.Ended.class::isInstance);
        assertThat(state.toString()).contains("host has been offline");
        assertThat(platform.events(MachineAvoided.class)).hasSize(1);
    }

    @Test
    void aMachineThatLoadsForeverIsDestroyedAndAvoided() {
        vast.offer(1, 101, 0.1);
        vast.offer(2, 102, 0.2);
        platform.start(RUN);
        assertThat(platform.lookFor(RUN, Duration.ofMinutes(10))).isInstanceOf(MachineState.Starting.class);
        platform.release(RUN);
        assertThat(vast.instances()).isEmpty();
        assertThat(platform.events(MachineAvoided.class))
                .singleElement()
                .satisfies(avoided -> assertThat(avoided.reason()).contains("did not begin"));
        platform.restart();
        assertThat(platform.rented(RentingPlatform.run(1, ModelFamily.LIGHTGBM, 2)).offer)
                .isEqualTo(2);
    }

    @Test
    void aSlowStartIsNoFault() {
        vast.offer(1, 101, 0.1);
        vast.onCreate(instance -> instance.status = null);
        platform.start(RUN);
        for (String status : new String[] {"created", "loading", "rebooting", "running", "something new"}) {
            assertThat(platform.lookFor(RUN, Duration.ofMinutes(1))).isInstanceOf(MachineState.Starting.class);
            vast.instances().getFirst().status = status;
        }
        platform.claimed.add(RUN);
        platform.lookUntil(RUN, MachineState.Running.class::isInstance);
    }

    @Test
    void aMachineCostsMoneyUntilItIsSeenToBeGone() {
        vast.offer(1, 101, 0.12);
        vast.lingers(60);
        platform.rented(RUN);
        assertThat(platform.release(RUN)).isGreaterThan(60);
        assertThat(vast.instances()).isEmpty();
        assertThat(vast.received(VastCall.DESTROY)).hasSizeBetween(2, 4);
        RentalEnded ended = platform.events(RentalEnded.class).getFirst();
        assertThat(ended.reason()).isEqualTo("its run is over");
        assertThat(ended.cost().amount().doubleValue()).isGreaterThanOrEqualTo(vast.bill());
    }

    @Test
    void aMachineIsGivenUpBeforeTheReservedMoneyIsSpent() {
        vast.offer(1, 101, 0.2);
        platform.rented(RUN);
        MachineState state = platform.lookUntil(RUN, MachineState.Ended.class::isInstance);
        assertThat(state.toString()).contains("as long as money is reserved for it");
        platform.release(RUN);
        RentalReserved reserved = platform.events(RentalReserved.class).getFirst();
        assertThat(platform.events(RentalEnded.class).getFirst().cost()).isLessThanOrEqualTo(reserved.amount());
        assertThat(Duration.between(START, platform.timer.instant())).isLessThan(Duration.ofHours(2));
    }

    @Test
    void aRunBeyondTheCyclesLimitFailsWithTheRemedy() {
        vast.offer(1, 101, 0.2);
        for (int attempt = 1; attempt <= 3; attempt++) {
            platform.rented(RentingPlatform.run(1, ModelFamily.LIGHTGBM, attempt));
        }
        TrainingRunId fourth = RentingPlatform.run(1, ModelFamily.LIGHTGBM, 4);
        platform.start(fourth);
        MachineState state = platform.lookUntil(fourth, MachineState.Ended.class::isInstance);
        assertThat(state).isInstanceOfSatisfying(MachineState.Ended.class, ended -> {
            assertThat(ended.failure().reason()).contains("spent or reserved in cycle BTCUSDT/1");
            assertThat(ended.failure().remedy()).contains("at most 1.5 USD", "cycle-limit-usd");
            assertThat(ended.failure().retryable()).isFalse();
        });
        assertThat(vast.received(VastCall.CREATE)).hasSize(3);
        platform.rented(RentingPlatform.run(2, ModelFamily.LIGHTGBM, 1));
    }

    @Test
    void aRunBeyondTheMonthsLimitFailsAndTheNextMonthGoesOn() {
        try (RentingPlatform poor = new RentingPlatform("2", "1")) {
            poor.vast.offer(1, 101, 0.2);
            poor.rented(RUN);
            assertThat(poor.outages.current()).isEmpty();
            poor.rented(RentingPlatform.run(1, ModelFamily.TST, 1));
            assertThat(poor.outages.current()).singleElement().satisfies(outage -> {
                assertThat(outage.part()).isEqualTo("rental budget");
                assertThat(outage.problem()).contains("of 1 USD", "2026-03");
                assertThat(outage.remedy()).contains("month-limit-usd");
            });
            TrainingRunId third = RentingPlatform.run(1, ModelFamily.TRL, 1);
            poor.start(third);
            assertThat(poor.lookUntil(third, MachineState.Ended.class::isInstance)
                            .toString())
                    .contains("in month 2026-03");
            poor.timer.advance(Duration.ofDays(30));
            poor.rented(RentingPlatform.run(2, ModelFamily.TRL, 1));
        }
    }
}
