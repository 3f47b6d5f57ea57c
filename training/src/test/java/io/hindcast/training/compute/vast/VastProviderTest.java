package io.hindcast.training.compute.vast;

import static io.hindcast.training.compute.vast.RentingPlatform.KEY;
import static io.hindcast.training.compute.vast.RentingPlatform.RUN;
import static io.hindcast.training.compute.vast.RentingPlatform.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.rental.MachineRented;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.RentalLimitsSet;
import io.hindcast.api.rental.RentalReserved;
import io.hindcast.api.rental.Usd;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.vast.FakeVast.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Machines of runs, from the search to their end, against a server that speaks the documented API. */
@NullUnmarked
class VastProviderTest {

    private final RentingPlatform platform = new RentingPlatform();
    private final FakeVast vast = platform.vast;

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void rentsTheCheapestMachineThatFitsByItsWholePrice() {
        vast.offer(1, 101, 0.05).put("gpu_ram", 10240);
        vast.offer(2, 102, 0.05).put("verification", "unverified");
        vast.offer(3, 103, 0.05).put("hosting_type", 0);
        vast.offer(4, 104, 0.05).put("disk_space", 20);
        vast.offer(5, 105, 0.05).put("reliability", 0.9);
        vast.offer(6, 106, 0.05).put("inet_down_cost", 0.03);
        vast.offer(7, 107, 0.05).remove("inet_up_cost");
        vast.offer(8, 108, 0.14);
        vast.offer(9, 109, 0.12);
        FakeVast.Instance instance = platform.rented(RUN);

        assertThat(instance.offer).isEqualTo(9);
        RentalReserved reserved = platform.events(RentalReserved.class).getFirst();
        assertThat(reserved.offer().machine()).isEqualTo(109);
        assertThat(reserved.offer().traffic()).isEqualTo(Usd.of("0.0096"));
        assertThat(reserved.amount()).isEqualTo(Usd.of("0.2496"));
        assertThat(platform.events(MachineRented.class).getFirst().contract()).isEqualTo(instance.id);
        JsonNode search = vastBody(VastCall.SEARCH);
        assertThat(search.at("/allocated_storage").intValue()).isEqualTo(30);
        assertThat(search.at("/gpu_ram/gte").intValue()).isEqualTo(11000);
        assertThat(search.at("/datacenter/eq").booleanValue()).isTrue();
    }

    @Test
    void rentsNothingThatIsTooExpensive() {
        vast.offer(1, 101, 0.245);
        platform.start(RUN);
        MachineState state = platform.lookFor(RUN, Duration.ofMinutes(5));
        assertThat(state)
                .isInstanceOfSatisfying(
                        MachineState.Starting.class,
                        starting -> assertThat(starting.obstacle().orElseThrow().reason())
                                .contains("at most 0.25 USD", "the cheapest for 0.2546 USD"));
        assertThat(vast.received(VastCall.CREATE)).isEmpty();
        assertThat(vast.received(VastCall.SEARCH)).hasSizeLessThan(8);
        assertThat(platform.events(RentalReserved.class)).isEmpty();
        platform.release(RUN);
    }

    @Test
    void sendsTokenAddressAndImageAndNothingElse() {
        vast.offer(1, 101, 0.1);
        platform.rented(RUN);
        JsonNode body = vastBody(VastCall.CREATE);
        assertThat(body.get("env").properties()).singleElement().satisfies(entry -> {
            assertThat(entry.getKey()).isEqualTo("HINDCAST_WORKER_TOKEN");
            assertThat(entry.getValue().asText()).isEqualTo(TOKEN);
        });
        assertThat(body.get("args"))
                .map(JsonNode::asText)
                .containsExactly(
                        "--platform", "https://hindcast.example", "--machine", "hindcast-btcusdt-1-lightgbm-1");
        assertThat(body.get("label").asText()).isEqualTo("hindcast:0123456789:BTCUSDT/1/lightgbm/1");
        assertThat(body.get("cancel_unavail").booleanValue()).isTrue();
        assertThat(body.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "image", "label", "disk", "runtype", "args", "env", "target_state", "cancel_unavail");
    }

    @Test
    void theKeyIsInTheHeaderAndNowhereElse() {
        vast.offer(1, 101, 0.1);
        vast.fault(VastCall.LIST, Fault.REFUSED).fault(VastCall.CREATE, Fault.REFUSED);
        platform.start(RUN);
        MachineState state = platform.lookUntil(RUN, MachineState.Ended.class::isInstance);
        assertThat(state.toString()).contains("401").doesNotContain(KEY);
        assertThat(platform.outages.current().toString()).doesNotContain(KEY);
        assertThat(platform.events(Object.class).toString()).doesNotContain(KEY).doesNotContain(TOKEN);
        assertThat(platform.settings().toString() + platform.settings().properties())
                .doesNotContain(KEY);
        assertThat(vast.received()).isNotEmpty().allSatisfy(one -> {
            assertThat(one.authorization()).isEqualTo("Bearer " + KEY);
            assertThat(one.path() + one.body()).doesNotContain(KEY);
        });
    }

    @Test
    void looksForTheLabelTwiceBeforeItCreates() {
        vast.offer(1, 101, 0.1);
        platform.rented(RUN);
        Instant created = vast.received(VastCall.CREATE).getFirst().at();
        List<Instant> before = vast.received(VastCall.LIST).stream()
                .map(FakeVast.Received::at)
                .filter(at -> !at.isAfter(created))
                .toList();
        assertThat(before).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Duration.between(before.getFirst(), before.getLast())).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void keepsTheLeastTimeBetweenCalls() {
        for (int i = 0; i < 8; i++) {
            vast.foreign("other " + i);
            vast.offer(i + 1, 100 + i, 0.1);
        }
        vast.fault(VastCall.CREATE, Fault.TAKEN, Fault.TAKEN, Fault.TOO_FAST);
        platform.rented(RUN);
        platform.release(RUN);
        Map<VastCall, Instant> last = new EnumMap<>(VastCall.class);
        for (FakeVast.Received one : vast.received()) {
            Instant before = last.put(one.call(), one.at());
            if (before != null) {
                assertThat(Duration.between(before, one.at()))
                        .as(one.call().label())
                        .isGreaterThanOrEqualTo(one.call().spacing());
            }
        }
        assertThat(last).hasSize(VastCall.values().length);
    }

    @Test
    void takesTheNextOfferIfOneIsTaken() {
        vast.offer(1, 101, 0.1);
        vast.offer(2, 102, 0.11);
        vast.fault(VastCall.CREATE, Fault.TAKEN);
        FakeVast.Instance instance = platform.rented(RUN);
        assertThat(instance.offer).isEqualTo(2);
        assertThat(platform.events(RentalEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.cost()).isEqualTo(Usd.ZERO));
    }

    @Test
    void triesAgainLaterIfCallsWereTooFast() {
        vast.offer(1, 101, 0.1);
        vast.fault(VastCall.CREATE, Fault.TOO_FAST, Fault.TOO_FAST);
        platform.rented(RUN);
        assertThat(platform.events(RentalReserved.class)).hasSize(3);
        assertThat(platform.events(RentalEnded.class)).hasSize(2);
        assertThat(vast.instances()).hasSize(1);
    }

    @Test
    void findsTheMachineWhoseCreationWasNotConfirmed() {
        vast.offer(1, 101, 0.1);
        vast.fault(VastCall.CREATE, Fault.ANSWER_LOST);
        FakeVast.Instance instance = platform.rented(RUN);
        assertThat(vast.received(VastCall.CREATE)).hasSize(1);
        assertThat(platform.events(MachineRented.class))
                .singleElement()
                .satisfies(rented -> assertThat(rented.contract()).isEqualTo(instance.id));
    }

    @ParameterizedTest
    @EnumSource(names = {"ODD", "EMPTY", "PARTIAL", "BAD_GATEWAY", "REQUEST_LOST", "TOO_FAST"})
    void anOddListingAfterAnUnclearCreationNeverMeansNone(Fault fault) {
        vast.offer(1, 101, 0.1);
        vast.foreign("other");
        vast.fault(VastCall.CREATE, Fault.ANSWER_LOST);
        platform.start(RUN);
        platform.lookUntil(RUN, _ -> !vast.received(VastCall.CREATE).isEmpty());
        for (int i = 0; i < 20; i++) {
            vast.fault(VastCall.LIST, fault);
            platform.lookFor(RUN, Duration.ofSeconds(2));
        }
        platform.timer.advance(Duration.ofMinutes(3));
        if (fault != Fault.EMPTY) {
            for (int i = 0; i < 20; i++) {
                vast.fault(VastCall.LIST, fault);
                platform.lookFor(RUN, Duration.ofSeconds(2));
            }
        }
        // A listing that is well-formed and empty, one time after the machine had to appear, is no proof either.
        vast.fault(VastCall.LIST, Fault.EMPTY);
        platform.lookUntil(RUN, _ -> !platform.events(MachineRented.class).isEmpty());
        assertThat(vast.received(VastCall.CREATE)).hasSize(1);
        assertThat(platform.events(RentalEnded.class)).isEmpty();
    }

    @Test
    void createsAgainOnceTheMachineHasNotAppearedInTime() {
        vast.offer(1, 101, 0.1);
        vast.fault(VastCall.CREATE, Fault.REQUEST_LOST);
        platform.rented(RUN);
        List<FakeVast.Received> creates = vast.received(VastCall.CREATE);
        assertThat(creates).hasSize(2);
        assertThat(Duration.between(creates.getFirst().at(), creates.getLast().at()))
                .isGreaterThan(Duration.ofMinutes(3));
        assertThat(platform.events(RentalEnded.class).getFirst().cost()).isEqualTo(Usd.ZERO);
    }

    @Test
    void aMachineThatAppearsLateIsDestroyedAndCharged() {
        vast.offer(1, 101, 0.12);
        vast.fault(VastCall.CREATE, Fault.ANSWER_LOST);
        platform.start(RUN);
        platform.lookUntil(RUN, _ -> !vast.instances().isEmpty());
        FakeVast.Instance late = vast.instances().getFirst();
        vast.vanish(late);
        platform.release(RUN);
        assertThat(platform.events(RentalEnded.class)).hasSize(1);
        assertThat(platform.provider().machines()).isEmpty();

        vast.appear(late);
        platform.timer.advance(Duration.ofMinutes(2));
        assertThat(platform.provider().machines()).containsExactly(RUN);
        platform.release(RUN);
        assertThat(vast.instances()).isEmpty();
        assertThat(platform.events(RentalEnded.class).getLast().cost()).isGreaterThan(Usd.of("0.01"));
        assertThat(platform.provider().machines()).isEmpty();
    }

    @Test
    void aRestartBetweenCreationAndRecordAdoptsTheMachine() {
        vast.offer(1, 101, 0.1);
        vast.fault(VastCall.CREATE, Fault.ANSWER_LOST);
        platform.start(RUN);
        platform.lookUntil(RUN, _ -> !vast.instances().isEmpty());
        assertThat(platform.events(MachineRented.class)).isEmpty();

        platform.restart();
        assertThat(platform.provider().machines()).containsExactly(RUN);
        vast.instances().getFirst().status = "running";
        platform.claimed.add(RUN);
        platform.lookUntil(RUN, MachineState.Running.class::isInstance);
        assertThat(platform.events(MachineRented.class)).hasSize(1);
        assertThat(vast.received(VastCall.CREATE)).hasSize(1);
        platform.release(RUN);
        assertThat(vast.instances()).isEmpty();
    }

    @Test
    void aRestartBeforeTheReservationHasNothingToDo() {
        platform.start(RUN);
        platform.restart();
        assertThat(platform.provider().look(RUN)).isInstanceOf(MachineState.Gone.class);
        assertThat(platform.provider().release(RUN)).isTrue();
    }

    @Test
    void anOrphanOfAnEarlierLaunchIsDestroyedBeforeAnotherMachineIsRented() {
        FakeVast.Instance orphan = vast.foreign("hindcast:0123456789:" + RUN);
        vast.offer(1, 101, 0.1);
        platform.start(RUN);
        platform.lookUntil(RUN, _ -> !vast.received(VastCall.CREATE).isEmpty());
        assertThat(vast.received(VastCall.DESTROY))
                .singleElement()
                .satisfies(one -> assertThat(one.path()).contains("/" + orphan.id + "/"));
        assertThat(vast.instances()).hasSize(1);
    }

    @Test
    void onlyOwnInstancesAreTouched() {
        FakeVast.Instance other = vast.foreign("ML Training Job");
        FakeVast.Instance unnamed = vast.foreign(null);
        FakeVast.Instance platform2 = vast.foreign("hindcast:9999999999:" + RUN);
        FakeVast.Instance similar = vast.foreign("hindcast:0123456789:nonsense");
        FakeVast.Instance prefix = vast.foreign("hindcast:0123456789:" + RUN + " copy");
        vast.offer(1, 101, 0.1);
        FakeVast.Instance own = platform.rented(RUN);
        assertThat(platform.provider().machines()).containsExactly(RUN);
        platform.release(RUN);
        assertThat(vast.instances()).containsExactly(other, unnamed, platform2, similar, prefix);
        assertThat(vast.received(VastCall.DESTROY))
                .allSatisfy(one -> assertThat(one.path()).contains("/" + own.id + "/"));
    }

    @Test
    void anInstanceThatSomebodyLabelledAnewIsNotTouched() {
        vast.offer(1, 101, 0.1);
        FakeVast.Instance own = platform.rented(RUN);
        own.label = "mine now";
        for (int i = 0; i < 60; i++) {
            assertThat(platform.provider().release(RUN)).isFalse();
            platform.timer.advance(Duration.ofSeconds(1));
        }
        assertThat(vast.received(VastCall.DESTROY)).isEmpty();
        assertThat(platform.outages.current().toString()).contains("no longer labelled", "destroy it by hand");
        assertThat(platform.events(RentalEnded.class)).isEmpty();
        vast.vanish(own);
        platform.release(RUN);
        assertThat(platform.events(RentalEnded.class)).hasSize(1);
    }

    @Test
    void limitsAreRecordedOnce() {
        platform.provider().machines();
        platform.restart().machines();
        assertThat(platform.events(RentalLimitsSet.class)).hasSize(1);
    }

    @Test
    void anApiThatDoesNotAnswerIsAnOutageUntilItDoes() {
        vast.offer(1, 101, 0.1);
        vast.fault(VastCall.LIST, Fault.BAD_GATEWAY, Fault.BAD_GATEWAY);
        platform.start(RUN);
        platform.provider().look(RUN);
        assertThat(platform.outages.current()).singleElement().satisfies(outage -> {
            assertThat(outage.part()).isEqualTo("rented machines");
            assertThat(outage.problem()).contains("HTTP 502");
        });
        platform.lookUntil(RUN, _ -> !vast.instances().isEmpty());
        assertThat(platform.outages.current()).isEmpty();
    }

    private JsonNode vastBody(VastCall call) {
        try {
            return VastApi.JSON.readTree(vast.received(call).getFirst().body());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
