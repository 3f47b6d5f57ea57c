package io.hindcast.ml.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Early stopping: decides for every family when training ends (cancellation, time budget, patience, round limit) and
 * which round's model is kept. One training uses one instance, on one thread, in this order:
 *
 * <pre>{@code
 * while (stopping.beginRound()) {
 *     int steps = 0;
 *     while (steps < stepsPerRound && stopping.continueRound(steps)) {
 *         ... train a step ...
 *         steps++;
 *     }
 *     if (steps < stepsPerRound && stopping.hasCompletedRound()) {
 *         break;
 *     }
 *     if (stopping.completeRound(Map.of(RoundMetrics.VALIDATION_LOSS, loss))) {
 *         ... keep the model ...
 *     }
 * }
 * }</pre>
 */
public final class EarlyStopping {

    private final TrainingControl control;
    private final StoppingRule rule;
    private final List<RoundMetrics> history = new ArrayList<>();
    private double lowestLoss = Double.POSITIVE_INFINITY;
    private int bestRound = 1;
    private StopReason reason = StopReason.ALL_ROUNDS;
    private boolean stopped;

    public EarlyStopping(TrainingControl control, StoppingRule rule) {
        this.control = control;
        this.rule = rule;
    }

    /**
     * Begins another round, if there is to be one. The first always begins.
     *
     * @return false once training is to end
     * @throws java.util.concurrent.CancellationException if the training was cancelled
     */
    public boolean beginRound() {
        int round = round();
        if (stopped || round > rule.maxRounds()) {
            return false;
        }
        control.check("before round " + round);
        if (round > 1 && control.trainingTimeSpent()) {
            stop(StopReason.TIME_BUDGET);
            return false;
        }
        return true;
    }

    /**
     * Returns whether the current round goes on; called before each of its steps. If not, the time budget is spent and
     * no further round begins. The caller discards the current round if an earlier one is complete, and otherwise
     * completes it with the steps done.
     *
     * @param steps done in the current round
     * @throws java.util.concurrent.CancellationException if the training was cancelled
     * @throws TimeBudgetException if no round is complete and no step is done
     */
    public boolean continueRound(int steps) {
        control.check("in round " + round() + " after " + steps + " steps");
        if (!control.trainingTimeSpent()) {
            return true;
        }
        if (steps == 0 && history.isEmpty()) {
            throw control.outOfTime("before the first step");
        }
        stop(StopReason.TIME_BUDGET);
        return false;
    }

    /** Returns whether a round is complete, so that there is a model to keep. */
    public boolean hasCompletedRound() {
        return !history.isEmpty();
    }

    /** Returns the number of the current round, from 1. */
    public int round() {
        return history.size() + 1;
    }

    /**
     * Completes the current round and reports it.
     *
     * @return whether its validation loss is the lowest so far: the caller then keeps its model
     */
    public boolean completeRound(Map<String, Double> metrics) {
        RoundMetrics round = add(metrics);
        boolean improved = round.validationLoss() < lowestLoss;
        if (improved) {
            lowestLoss = round.validationLoss();
            bestRound = round.round();
        } else if (round.round() - bestRound >= rule.patience()) {
            stop(StopReason.NO_IMPROVEMENT);
        }
        return improved;
    }

    /**
     * Reports a round that its trainer aborted. Its model is not kept, whatever its metrics, and no further round
     * begins.
     */
    public void abortRound(StopReason why, Map<String, Double> metrics) {
        stop(why);
        add(metrics);
    }

    private RoundMetrics add(Map<String, Double> metrics) {
        RoundMetrics round = RoundMetrics.of(round(), rule.maxRounds(), metrics);
        history.add(round);
        control.progress().roundCompleted(round);
        return round;
    }

    /** Ends training after the current round for a reason of the trainer; the first reason counts. */
    public void stop(StopReason why) {
        if (!stopped) {
            stopped = true;
            reason = why;
        }
    }

    /** Returns the earliest round with the lowest validation loss; 1 if no loss was a number. */
    public int bestRound() {
        return bestRound;
    }

    /** Returns the result, with the model of the best round in its trainer's own form. */
    public FittedModel result(byte[] model) {
        return new FittedModel(model, bestRound, reason, history);
    }
}
