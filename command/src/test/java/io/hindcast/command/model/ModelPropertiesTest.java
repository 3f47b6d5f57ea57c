package io.hindcast.command.model;

import static io.hindcast.command.Training.DEGENERATE;
import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.model.Scenario.BECAUSE;
import static io.hindcast.command.model.Scenario.CUT;
import static io.hindcast.command.model.Scenario.MODEL;
import static io.hindcast.command.model.Scenario.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.AbandonPromotion;
import io.hindcast.api.model.ArchiveVersion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.PinModel;
import io.hindcast.api.model.PromoteVersion;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.RollBack;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsChanged;
import io.hindcast.api.model.UnpinModel;
import io.hindcast.api.model.VersionState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Invariants of a model after any sequence of commands, sensible or not. */
class ModelPropertiesTest {

    private enum Action {
        REGISTER,
        REGISTER_DEGENERATE,
        BEGIN,
        PROMOTE,
        JOIN,
        GIVE_UP_BACKFILL,
        COMPLETE,
        ABANDON,
        LEAVE,
        ROLL_BACK,
        PIN,
        UNPIN,
        ARCHIVE
    }

    /** @param back version, counted from the newest */
    record Step(Action action, int back) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        // The steps of a promotion in order are frequent, so that versions get through the slots.
        Arbitrary<Action> action = Arbitraries.frequency(
                Tuple.of(6, Action.REGISTER),
                Tuple.of(6, Action.BEGIN),
                Tuple.of(6, Action.JOIN),
                Tuple.of(6, Action.GIVE_UP_BACKFILL),
                Tuple.of(6, Action.COMPLETE),
                Tuple.of(3, Action.LEAVE),
                Tuple.of(2, Action.PROMOTE),
                Tuple.of(1, Action.REGISTER_DEGENERATE),
                Tuple.of(1, Action.ABANDON),
                Tuple.of(1, Action.ROLL_BACK),
                Tuple.of(1, Action.PIN),
                Tuple.of(1, Action.UNPIN),
                Tuple.of(1, Action.ARCHIVE));
        Arbitrary<Integer> back = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(0, 6)));
        return Combinators.combine(action, back)
                .as(Step::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(300);
    }

    private static List<ModelEvent> decide(ModelState state, Step step, int newest) {
        int number = Math.max(1, newest - step.back());
        try {
            return switch (step.action()) {
                case REGISTER -> state.decide(Scenario.registration(newest + 1, EVALUATION));
                case REGISTER_DEGENERATE -> state.decide(Scenario.registration(newest + 1, DEGENERATE));
                case BEGIN -> state.decide(Scenario.begin(number, policy(number)));
                case PROMOTE -> state.decide(new PromoteVersion(MODEL, number, BECAUSE));
                case JOIN -> state.decide(new JoinLane(MODEL, number, CUT, NOW));
                case GIVE_UP_BACKFILL -> state.decide(new GiveUpBackfill(MODEL, number, "late", NOW));
                case COMPLETE -> state.decide(new CompletePromotion(MODEL, number, NOW));
                case ABANDON -> state.decide(new AbandonPromotion(MODEL, number, "late", NOW));
                case LEAVE -> state.decide(new LeaveLane(MODEL, number, CUT, NOW));
                case ROLL_BACK -> state.decide(new RollBack(MODEL, number, BECAUSE));
                case PIN -> state.decide(new PinModel(MODEL, number, BECAUSE));
                case UNPIN -> state.decide(new UnpinModel(MODEL, number, BECAUSE));
                case ARCHIVE -> state.decide(new ArchiveVersion(MODEL, number, BECAUSE));
            };
        } catch (RefusedException e) {
            return List.of();
        }
    }

    /** Without comparisons, a gate would decline every version after the second. */
    private static PromotionPolicy policy(int number) {
        return number % 7 == 0 ? PromotionPolicy.GATED : PromotionPolicy.ALWAYS;
    }

    @Property(tries = 300)
    void invariantsHoldAfterEveryCommand(@ForAll("steps") List<Step> steps) {
        Scenario model = new Scenario();
        Optional<Integer> baseline = Optional.empty();
        for (Step step : steps) {
            ModelState before = model.state();
            int newest = before.versions().size();
            List<ModelEvent> events = model.apply(decide(before, step, newest));
            ModelState after = model.state();

            checkSlots(after);
            checkArtifacts(after);
            assertThat(after.versions().stream()
                            .filter(version -> version.is(VersionState.PROMOTING))
                            .map(ModelVersion::number))
                    .as("promotions under way")
                    .isEqualTo(after.promoting().stream().toList());
            if (before.pinned() && after.pinned()) {
                assertThat(after.slots().in(Slot.CURRENT))
                        .as("pinned")
                        .isEqualTo(before.slots().in(Slot.CURRENT));
            }
            if (baseline.isPresent()) {
                assertThat(after.slots().in(Slot.BASELINE)).as("baseline").isEqualTo(baseline);
            }
            baseline = after.slots().in(Slot.BASELINE);
            assertThat(events.stream().filter(SlotsChanged.class::isInstance))
                    .as("changes of the slots by one command")
                    .hasSizeLessThanOrEqualTo(1);

            model.apply(decide(after, step, newest));
            assertThat(model.state()).as("repeated " + step).isEqualTo(after);
        }
    }

    private static void checkSlots(ModelState model) {
        assertThat(new HashSet<>(model.slots().live().values()))
                .as("no version in two slots")
                .hasSameSizeAs(model.slots().live().values());
        assertThat(model.versions().stream()
                        .filter(version -> version.is(VersionState.LIVE))
                        .map(ModelVersion::number))
                .as("live versions")
                .containsExactlyInAnyOrderElementsOf(model.slots().live().values());
        if (model.slots().in(Slot.CURRENT).isEmpty()) {
            assertThat(model.slots().in(Slot.PREVIOUS))
                    .as("previous without current")
                    .isEmpty();
        }
    }

    private static void checkArtifacts(ModelState model) {
        assertThat(model.versions().stream().filter(version -> !version.is(VersionState.PURGED)))
                .as("versions with an artifact")
                .hasSizeLessThanOrEqualTo(3 + Slots.ARCHIVE_LIMIT);
        assertThat(model.versions().stream()
                        .filter(version -> !version.is(VersionState.PURGED) && !version.is(VersionState.LIVE))
                        .map(ModelVersion::number))
                .as("idle versions")
                .containsExactlyInAnyOrderElementsOf(model.idle());
    }
}
