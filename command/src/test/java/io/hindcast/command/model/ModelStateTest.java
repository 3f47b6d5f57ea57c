package io.hindcast.command.model;

import static io.hindcast.command.Training.DEGENERATE;
import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.Training.PROVENANCE;
import static io.hindcast.command.Training.TREES;
import static io.hindcast.command.Training.artifact;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompleteBackfill;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.RegisterVersion;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.SlotsShifted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelStateTest {

    private static final ModelId MODEL = ModelId.parse("lightgbm:BTCUSDT");
    private static final Instant NOW = Instant.parse("2022-02-01T00:00:00Z");
    private static final LogPosition CUT = new LogPosition("BTCUSDT:1m:2022-02-01", 17);

    private static ModelState after(ModelState state, List<ModelEvent> events) {
        for (ModelEvent event : events) {
            state = state.evolve(event);
        }
        return state;
    }

    private static ModelState registered(ModelState state, String run, Evaluation evaluation) {
        return after(
                state,
                state.decide(new RegisterVersion(
                        MODEL, run, artifact(1), TREES, PROVENANCE, evaluation, NOW, Duration.ofDays(7))));
    }

    private static ModelState begun(ModelState state, int number) {
        return after(state, state.decide(new BeginPromotion(MODEL, number, NOW)));
    }

    private static ModelState joined(ModelState state, int number) {
        return after(state, state.decide(new JoinLane(MODEL, number, CUT, NOW)));
    }

    private static ModelState backfilled(ModelState state, int number) {
        return after(state, state.decide(new CompleteBackfill(MODEL, number, new Backfill(NOW, NOW, 0, 0), NOW)));
    }

    @Test
    void promotesFirstVersionIntoBaseline() {
        ModelState state = backfilled(joined(begun(registered(ModelState.EMPTY, "run 1", EVALUATION), 1), 1), 1);

        List<ModelEvent> events = state.decide(new CompletePromotion(MODEL, 1, NOW));

        assertThat(events).singleElement().isInstanceOf(SlotsShifted.class);
        assertThat(after(state, events).slots().in(Slot.BASELINE)).contains(1);
    }

    @Test
    void decidingChangesNoState() {
        ModelState state = registered(ModelState.EMPTY, "run 1", EVALUATION);
        ModelState before = new ModelState(state.versions(), state.slots(), state.promoting());

        state.decide(new BeginPromotion(MODEL, 1, NOW));

        assertThat(state).isEqualTo(before);
    }

    @Test
    void repeatedCommandHasNoEvents() {
        ModelState state = joined(begun(registered(ModelState.EMPTY, "run 1", EVALUATION), 1), 1);

        assertThat(state.decide(new BeginPromotion(MODEL, 1, NOW))).isEmpty();
        assertThat(state.decide(new JoinLane(MODEL, 1, CUT, NOW))).isEmpty();
        assertThat(registered(state, "run 1", EVALUATION)).isEqualTo(state);
    }

    @Test
    void promotionPolicyAllowsOnePromotionAtATime() {
        ModelState state = begun(registered(registered(ModelState.EMPTY, "run 1", EVALUATION), "run 2", EVALUATION), 1);

        assertThatThrownBy(() ->
                        PromotionPolicy.check(state, state.trainedBy("run 2").orElseThrow()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("PROMOTION_RUNNING");
    }

    @Test
    void promotionPolicyRefusesDegenerateVersion() {
        ModelState state = registered(ModelState.EMPTY, "run 1", DEGENERATE);

        assertThatThrownBy(() ->
                        PromotionPolicy.check(state, state.trainedBy("run 1").orElseThrow()))
                .hasMessage("promotion of lightgbm:BTCUSDT:1 was of a version that predicts HOLD for any held-out row,"
                        + " expected a version whose signals differ: the next training cycle tries again (DEGENERATE)");
    }
}
