package io.hindcast.training.compute.vast;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.rental.RentalEnded;
import io.hindcast.api.rental.Usd;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.training.compute.MachineState;
import io.hindcast.training.compute.vast.FakeVast.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.NullUnmarked;

/** Money under any order of answers, faults, restarts and states of machines. */
@NullUnmarked
class SpendingTest {

    private static final String LIMIT = "1";

    /** Faults after which nobody could be sure: the listing lies, consistently and for long. */
    private static final List<Fault> FAULTS = List.of(
            Fault.TOO_FAST,
            Fault.ANSWER_LOST,
            Fault.REQUEST_LOST,
            Fault.BAD_GATEWAY,
            Fault.ODD,
            Fault.PARTIAL,
            Fault.TAKEN);

    /** One thing that happens, and seconds that pass afterwards. */
    record Step(int action, int attempt, VastCall call, Fault fault, int seconds) {}

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(VastCall.class),
                        Arbitraries.of(FAULTS),
                        Arbitraries.integers().between(1, 250))
                .as(Step::new);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void theBillNeverPassesTheLimit(@ForAll @Size(min = 5, max = 40) List<@From("steps") Step> steps) {
        try (RentingPlatform platform = new RentingPlatform(LIMIT, "20")) {
            platform.vast.offer(1, 101, 0.21);
            platform.vast.offer(2, 102, 0.15);
            platform.vast.offer(3, 103, 0.1);
            List<TrainingRunId> runs = new ArrayList<>();
            for (Step step : steps) {
                act(platform, runs, step);
                pass(platform, runs, step.seconds());
                assertThat(platform.vast.bill()).isLessThanOrEqualTo(1.0);
                assertThat(platform.vast.instances().stream().map(one -> one.label))
                        .doesNotHaveDuplicates();
            }
            for (TrainingRunId run : runs) {
                platform.release(run);
            }
            assertThat(platform.vast.instances()).isEmpty();
            Usd recorded = platform.events(RentalEnded.class).stream()
                    .map(RentalEnded::cost)
                    .reduce(Usd.ZERO, Usd::plus);
            assertThat(recorded).isLessThanOrEqualTo(Usd.of(LIMIT));
            assertThat(recorded.amount().doubleValue() + 1e-6).isGreaterThanOrEqualTo(platform.vast.bill());
        }
    }

    private static void act(RentingPlatform platform, List<TrainingRunId> runs, Step step) {
        TrainingRunId run = RentingPlatform.run(1, ModelFamily.LIGHTGBM, step.attempt());
        List<FakeVast.Instance> instances = platform.vast.instances();
        switch (step.action()) {
            case 0, 1, 2 -> {
                if (!runs.contains(run)) {
                    runs.add(run);
                    platform.start(run);
                }
            }
            case 3, 4, 5 -> platform.vast.fault(step.call(), step.fault());
            case 6 -> platform.restart();
            case 7 -> instances.forEach(one -> one.status = step.attempt() > 3 ? "running" : "offline");
            case 8 -> {
                if (!instances.isEmpty()) {
                    platform.vast.vanish(instances.getFirst());
                }
            }
            default -> platform.vast.lingers(step.attempt());
        }
    }

    /** Attends to all runs as the dispatcher does: looks at each, and releases those whose machine has ended. */
    private static void pass(RentingPlatform platform, List<TrainingRunId> runs, int seconds) {
        for (int i = 0; i < seconds; i += 10) {
            for (TrainingRunId run : List.copyOf(runs)) {
                MachineState state = platform.provider().look(run);
                boolean over = state instanceof MachineState.Ended || state instanceof MachineState.Gone;
                if (over && platform.provider().release(run)) {
                    runs.remove(run);
                }
            }
            platform.timer.advance(Duration.ofSeconds(10));
        }
    }
}
