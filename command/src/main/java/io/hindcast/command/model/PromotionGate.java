package io.hindcast.command.model;

import io.hindcast.api.model.Comparison;
import io.hindcast.api.model.Evaluation;
import io.hindcast.api.model.PromotionPolicy;
import io.hindcast.api.model.Slot;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether a version may be promoted automatically. The trainer has already made sure that its export equals the
 * trained model and that its golden rows come out again; a run without that has no version.
 *
 * <p>Conservative where evidence is missing: a version that was not compared with {@code CURRENT} as it is now, say
 * because the bundle could not be loaded, is declined.
 */
final class PromotionGate {

    private PromotionGate() {}

    /** Returns the reason for which the version is declined, one sentence that begins with "it"; empty if it is not. */
    static Optional<String> objection(ModelState model, ModelVersion version, PromotionPolicy policy) {
        if (model.promoting().isPresent()) {
            return Optional.of("it came while the promotion of version "
                    + model.promoting().get() + " was under way");
        }
        if (model.pinned()) {
            return Optional.of("it came while the model was pinned");
        }
        return switch (policy.mode()) {
            case ALWAYS -> Optional.empty();
            case GATED -> {
                Evaluation evaluation = version.registered().evaluation();
                yield unsound(evaluation, policy).or(() -> worse(model, evaluation, policy));
            }
        };
    }

    private static Optional<String> unsound(Evaluation evaluation, PromotionPolicy policy) {
        if (evaluation.degenerate().isPresent()) {
            return Optional.of("it is degenerate: it predicts "
                    + evaluation.degenerate().get() + " for nearly all held-out rows, though the outcomes differ");
        }
        double limit = evaluation.constantLogLoss() + policy.constantMargin();
        // Negated, so that a log loss that is not a number is declined.
        if (!(evaluation.logLoss() <= limit)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "it is worse than a constant guess: log loss %.4f, against %.4f of the training frequencies and a"
                            + " margin of %.4f",
                    evaluation.logLoss(),
                    evaluation.constantLogLoss(),
                    policy.constantMargin()));
        }
        return Optional.empty();
    }

    private static Optional<String> worse(ModelState model, Evaluation evaluation, PromotionPolicy policy) {
        Optional<Integer> current = model.slots().in(Slot.CURRENT);
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Optional<Comparison> comparison = evaluation.comparison();
        if (comparison.isEmpty()) {
            return Optional.of("it was not compared with version " + current.get()
                    + ", which is CURRENT: that could not be loaded, or predicts another outcome, or shares no"
                    + " held-out rows with it");
        }
        Comparison result = comparison.get();
        if (result.champion().number() != current.get()) {
            return Optional.of("it was compared with version "
                    + result.champion().number() + ", but version " + current.get() + " is CURRENT now");
        }
        if (!(result.lowerBound() <= policy.championMargin())) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "it is worse than version %d, which is CURRENT: its log loss is higher by %.4f on the same %,d"
                            + " rows, at 95 %% confidence by at least %.4f, and the margin is %.4f",
                    current.get(),
                    result.meanDifference(),
                    result.rows(),
                    result.lowerBound(),
                    policy.championMargin()));
        }
        return Optional.empty();
    }
}
