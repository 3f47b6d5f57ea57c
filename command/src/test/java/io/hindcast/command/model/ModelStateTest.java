package io.hindcast.command.model;

import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.model.Scenario.CUT;
import static io.hindcast.command.model.Scenario.MODEL;
import static io.hindcast.command.model.Scenario.NOW;
import static io.hindcast.command.model.Scenario.begin;
import static io.hindcast.command.model.Scenario.promoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.Slot;
import org.junit.jupiter.api.Test;

class ModelStateTest {

    @Test
    void promotesFirstVersionIntoBaseline() {
        assertThat(promoted(1).state().slots().in(Slot.BASELINE)).contains(1);
    }

    @Test
    void decidingChangesNoState() {
        ModelState state = new Scenario().register(EVALUATION).state();
        ModelState before = new ModelState(
                state.versions(), state.slots(), state.idle(), state.promoting(), state.pinned(), state.rolledBack());

        state.decide(begin(1, PromotionPolicy.GATED));

        assertThat(state).isEqualTo(before);
    }

    @Test
    void repeatedCommandHasNoEvents() {
        Scenario model = new Scenario().register(EVALUATION);
        model.apply(model.state().decide(begin(1, PromotionPolicy.GATED)));
        model.apply(model.state().decide(new JoinLane(MODEL, 1, CUT, NOW)));

        assertThat(model.state().decide(begin(1, PromotionPolicy.GATED))).isEmpty();
        assertThat(model.state().decide(new JoinLane(MODEL, 1, CUT, NOW))).isEmpty();
        assertThat(model.state().decide(Scenario.registration(1, EVALUATION))).isEmpty();
    }
}
