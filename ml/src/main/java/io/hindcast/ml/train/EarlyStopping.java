package io.hindcast.ml.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Goes round by round until there is nothing more to gain: the one place where cancellation, time budget, patience and
 * the choice of the best round are decided, for every family.
 *
 * <pre>{@code
 * while (rounds.next()) {
 *     int step = 0;
 *     while (step < steps && rounds.goesOn(step)) {
 *         ... train a step ...
 *         step++;
 *     }
 *     if (step < steps && rounds.any()) {
 *         break;
 *     }
 *     if (rounds.done(Map.of(Round.VALIDATION_LOSS, loss))) {
 *         ... keep the model ...
 *     }
 * }
 * }</pre>
 */
public final class EarlyStopping {

    private final TrainingControl control;
    private final int of;
    private final int patience;
    private final List<RoundMetrics> history = new ArrayList<>();
    private double best = Double.POSITIVE_INFINITY;
    private int bestRound = 1;
    private StopReason stop = StopReason.ALL_ROUNDS;
    private boolean over;

    /**
     * @param of rounds at most
     * @param patience rounds without a better validation loss after which it stops
     */
    public EarlyStopping(TrainingControl control, int of, int patience) {
        this.control = control;
        this.of = of;
        this.patience = patience;
    }

    /**
     * Whether another round begins. The first always does.
     *
     * @throws java.util.concurrent.CancellationException if the control says so
     */
    public boolean next() {
        int round = history.size() + 1;
        if (over || round > of) {
            return false;
        }
        control.check("before round " + round);
        if (round > 1 && control.trainingTimeSpent()) {
            end(StopReason.TIME_BUDGET);
            return false;
        }
        return true;
    }

    /**
     * Whether the round under way goes on, asked between two of its steps. If not, its time is up and no further round
     * begins: a round that has any before it is to be left out, and the first one is to be finished with the steps it
     * has done.
     *
     * @param steps done in it
     * @throws java.util.concurrent.CancellationException if the control says so
     * @throws TimeBudgetException if there is no round before it and it has done no step
     */
    public boolean goesOn(int steps) {
        control.check("in round " + number() + " after " + steps + " steps");
        if (!control.trainingTimeSpent()) {
            return true;
        }
        if (steps == 0 && history.isEmpty()) {
            throw control.outOfTime("before the first step");
        }
        end(StopReason.TIME_BUDGET);
        return false;
    }

    /** Whether any round is done, so that there is a model to keep. */
    public boolean any() {
        return !history.isEmpty();
    }

    /** The round under way, from 1. */
    public int number() {
        return history.size() + 1;
    }

    /**
     * Notes what the round came to and tells the control; says whether it is the best so far, so that its model is to
     * be kept.
     */
    public boolean done(Map<String, Double> figures) {
        RoundMetrics round = RoundMetrics.of(number(), of, figures);
        history.add(round);
        control.progress().round(round);
        boolean better = round.validationLoss() < best;
        if (better) {
            best = round.validationLoss();
            bestRound = round.number();
        } else if (round.number() - bestRound >= patience) {
            end(StopReason.NO_IMPROVEMENT);
        }
        return better;
    }

    /**
     * Notes what a round came to that its trainer broke off, and tells the control: its model is not to be kept,
     * whatever its figures say, and no further round begins.
     */
    public void broken(StopReason why, Map<String, Double> figures) {
        end(why);
        RoundMetrics round = RoundMetrics.of(number(), of, figures);
        history.add(round);
        control.progress().round(round);
    }

    /** No further round begins, for a reason that the trainer knows. */
    public void end(StopReason why) {
        if (!over) {
            over = true;
            stop = why;
        }
    }

    /** The round with the lowest validation loss, the earliest of several; 1 if no loss was a number. */
    public int best() {
        return bestRound;
    }

    /** What came out, with the model of the best round in its trainer's own form. */
    public FittedModel fit(byte[] model) {
        return new FittedModel(model, bestRound, stop, history);
    }
}
