package io.hindcast.command.model;

import static io.hindcast.command.Training.EVALUATION;
import static io.hindcast.command.Training.PROVENANCE;
import static io.hindcast.command.Training.TREES;
import static io.hindcast.command.Training.artifact;

import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.BeginPromotion;
import io.hindcast.api.model.CompletePromotion;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.GiveUpBackfill;
import io.hindcast.api.model.JoinLane;
import io.hindcast.api.model.LeaveLane;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.RegisterVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A model's state as commands change it, without Axon. */
final class Scenario {

    static final ModelId MODEL = ModelId.parse("lightgbm:BTCUSDT");
    static final Instant NOW = Instant.parse("2022-02-01T00:00:00Z");
    static final LogPosition CUT = new LogPosition("BTCUSDT:1m:2022-02-01", 17);
    static final Attribution BECAUSE = new Attribution("local", "it reads the market better", NOW);

    private ModelState state = ModelState.EMPTY;

    ModelState state() {
        return state;
    }

    /** Applies the events of a decision and returns them. */
    List<ModelEvent> apply(List<ModelEvent> events) {
        for (ModelEvent event : events) {
            state = state.evolve(event);
        }
        return events;
    }

    Scenario register(Evaluation evaluation) {
        int number = state.versions().size() + 1;
        apply(state.decide(registration(number, evaluation)));
        return this;
    }

    static RegisterVersion registration(int number, Evaluation evaluation) {
        return new RegisterVersion(
                MODEL, "run " + number, artifact(number), TREES, PROVENANCE, evaluation, NOW, Duration.ofDays(7));
    }

    static BeginPromotion begin(int number, PromotionPolicy policy) {
        return new BeginPromotion(MODEL, number, policy, NOW);
    }

    /** Lets the lane of the version that is being promoted join and its slots shift. */
    Scenario complete(int number) {
        apply(state.decide(new JoinLane(MODEL, number, CUT, NOW)));
        apply(state.decide(new GiveUpBackfill(MODEL, number, "not needed", NOW)));
        apply(state.decide(new CompletePromotion(MODEL, number, NOW)));
        return this;
    }

    Scenario leave(int number) {
        apply(state.decide(new LeaveLane(MODEL, number, CUT, NOW)));
        return this;
    }

    /** Registers versions up to {@code count} and promotes each. */
    static Scenario promoted(int count) {
        Scenario scenario = new Scenario();
        for (int number = 1; number <= count; number++) {
            scenario.register(EVALUATION);
            scenario.apply(scenario.state.decide(begin(number, PromotionPolicy.ALWAYS)));
            scenario.complete(number);
        }
        return scenario;
    }
}
