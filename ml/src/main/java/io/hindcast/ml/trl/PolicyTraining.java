package io.hindcast.ml.trl;

import io.hindcast.api.model.Evaluation;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.train.EarlyStopping;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.StopReason;
import io.hindcast.ml.train.TrainingControl;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Trains one policy: supervised epochs first if its classifier is random, then group relative policy optimisation with
 * the best of them as the reference. Each epoch ends with the validation articles. If the time budget requires it, an
 * epoch is cut short so that its validation fits, and counts with the steps done. Used once.
 */
final class PolicyTraining {

    private static final int CLASSES = Scorer.CLASSES;

    private final Policy policy;
    private final Split split;
    private final TrlParameters parameters;
    private final SplittableRandom random;
    private final TrainingControl control;
    private final EarlyStopping stopping;
    private final EpochTimeBudget pace;
    private final int supervised;
    private final Map<String, Double> referenceFigures = new HashMap<>();
    private Map<String, float[]> best;
    private double[] bestLog = new double[0];

    /** @param freshHead whether the policy's classifier was drawn at random */
    PolicyTraining(
            Policy policy,
            Split split,
            TrlParameters parameters,
            boolean freshHead,
            SplittableRandom random,
            TrainingControl control) {
        this.policy = policy;
        this.split = split;
        this.parameters = parameters;
        this.random = random;
        this.control = control;
        TrlSchedule schedule = parameters.schedule();
        this.stopping = new EarlyStopping(control, schedule.stopping());
        this.pace = new EpochTimeBudget(control, stopping, split.validation().size());
        this.supervised = freshHead ? schedule.supervision().epochs() : 0;
        this.best = policy.weights().snapshot();
    }

    /** Trains, and restores the weights of the best epoch. */
    EarlyStopping optimise() {
        int[] order = Policy.rows(split.train());
        EpochTrainer epochs = supervised > 0
                ? new SupervisedEpochTrainer(policy, split.train(), parameters.schedule(), pace)
                : new GrpoEpochTrainer(policy, split.train(), parameters, random, pace);
        if (supervised == 0) {
            noteReference(policy.log(Policy.rows(split.validation()), () -> !control.trainingTimeSpent()));
        }
        while (stopping.beginRound()) {
            if (supervised > 0 && stopping.round() == supervised + 1) {
                policy.weights().restore(best);
                noteReference(bestLog);
                epochs = new GrpoEpochTrainer(policy, split.train(), parameters, random, pace);
            }
            Shuffling.shuffle(order, random);
            Map<String, Double> figures = new HashMap<>(referenceFigures);
            Optional<StopReason> broken = epochs.epoch(order, figures);
            if (!judge(figures, broken)) {
                break;
            }
        }
        policy.weights().restore(best);
        return stopping;
    }

    /** Scores the validation articles and completes the round; returns false if there was no time for it. */
    private boolean judge(Map<String, Double> figures, Optional<StopReason> broken) {
        int[] rows = Policy.rows(split.validation());
        double[] log = pace.scoring(rows.length, () -> policy.log(rows, () -> !control.trainingTimeSpent()));
        if (log.length < rows.length * CLASSES && stopping.hasCompletedRound()) {
            stopping.stop(StopReason.TIME_BUDGET);
            return false;
        }
        figures.putAll(validation(log));
        if (broken.isPresent() && broken.get() != StopReason.TIME_BUDGET) {
            stopping.abortRound(broken.get(), figures);
        } else {
            if (stopping.completeRound(figures)) {
                best = policy.weights().snapshot();
                bestLog = log;
            }
            broken.ifPresent(stopping::stop);
        }
        return true;
    }

    /** Returns the calibration of the best round on the validation articles. */
    Calibration calibration() {
        return calibration(bestLog);
    }

    private Calibration calibration(double[] log) {
        RowRange range = scored(log);
        int[] outcomes = new int[range.size()];
        Arrays.setAll(outcomes, i -> policy.samples().outcome(range.from() + i).classIndex());
        return switch (parameters.grpo().reward()) {
            case BALANCED -> Calibration.balanced(log, outcomes);
            case MOVE_SIZE -> Calibration.tempered(log, outcomes);
        };
    }

    private void noteReference(double[] log) {
        RowRange range = scored(log);
        if (!range.isEmpty()) {
            referenceFigures.put(TrlTrainer.REFERENCE_VALIDATION_REWARD, expectedReward(range, log));
        }
    }

    private Map<String, Double> validation(double[] log) {
        RowRange range = scored(log);
        Evaluation greedy = Evaluator.evaluate(
                policy.samples(),
                range,
                split.train(),
                calibration(log).probabilities(log),
                parameters.evaluation().feeRate());
        double reward = expectedReward(range, log);
        double loss = switch (parameters.grpo().reward()) {
            // a constant policy earns what any earns that ignores the text, but has a lower macro-F1
            case BALANCED -> 1 - greedy.macroF1();
            case MOVE_SIZE -> -reward;
        };
        return Map.of(
                RoundMetrics.VALIDATION_LOSS, loss,
                TrlTrainer.VALIDATION_REWARD, reward,
                TrlTrainer.VALIDATION_ACCURACY, greedy.accuracy(),
                TrlTrainer.VALIDATION_MACRO_F1, greedy.macroF1(),
                TrlTrainer.VALIDATION_LOG_LOSS, greedy.logLoss());
    }

    /** Returns the earliest validation articles, as many as have probabilities. */
    private RowRange scored(double[] log) {
        int from = split.validation().from();
        return new RowRange(from, from + log.length / CLASSES);
    }

    /** Returns the mean over the articles of a policy's expected reward. */
    private double expectedReward(RowRange range, double[] log) {
        double[] weights = parameters.grpo().reward().weights(policy.samples(), range);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            int outcome = policy.samples().outcome(range.from() + i).classIndex();
            sum += weights[i] * (2 * StrictMath.exp(log[i * CLASSES + outcome]) - 1);
        }
        return sum / weights.length;
    }
}
