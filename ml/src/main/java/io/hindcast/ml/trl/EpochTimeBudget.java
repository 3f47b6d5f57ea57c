package io.hindcast.ml.trl;

import io.hindcast.ml.train.EarlyStopping;
import io.hindcast.ml.train.TrainingControl;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Time left for the steps of an epoch: the training time left, less the estimated time of the epoch's validation. The
 * estimate is the time per article of earlier scoring passes, or of training passes, which take longer, before the
 * first scoring pass.
 */
final class EpochTimeBudget {

    private static final double MARGIN = 1.1;
    private static final int STEPS_BETWEEN_REPORTS = 20;

    private final TrainingControl control;
    private final EarlyStopping stopping;
    private final int validation;
    private double learning;
    private double scoring;

    /** @param validation number of validation articles of an epoch */
    EpochTimeBudget(TrainingControl control, EarlyStopping stopping, int validation) {
        this.control = control;
        this.stopping = stopping;
        this.validation = validation;
    }

    /** Times a training pass. */
    <T> T learning(int articles, Supplier<T> pass) {
        Duration before = control.trainingTimeLeft();
        T result = pass.get();
        learning = average(learning, perArticle(before, articles));
        return result;
    }

    /** Times a scoring pass. */
    <T> T scoring(int articles, Supplier<T> pass) {
        Duration before = control.trainingTimeLeft();
        T result = pass.get();
        scoring = average(scoring, perArticle(before, articles));
        return result;
    }

    private double perArticle(Duration before, int articles) {
        return (double) before.minus(control.trainingTimeLeft()).toNanos() / articles;
    }

    private static double average(double sofar, double next) {
        return sofar == 0 ? next : 0.8 * sofar + 0.2 * next;
    }

    /**
     * Returns whether the epoch goes on after so many steps; once it does not, the rest of the time is for its
     * validation.
     *
     * @throws io.hindcast.ml.train.TimeBudgetException if there is no time for the very first step
     */
    boolean goesOn(int steps) {
        if (!stopping.continueRound(steps)) {
            return false;
        }
        double perArticle = scoring == 0 ? learning : scoring;
        boolean first = steps == 0 && !stopping.hasCompletedRound();
        return first || control.trainingTimeLeft().toNanos() > MARGIN * perArticle * validation;
    }

    /** Reports steps at intervals. */
    void done(int steps, int of) {
        if (steps % STEPS_BETWEEN_REPORTS == 0) {
            control.progress().stepsCompleted(stopping.round(), steps, of, Map.of());
        }
    }
}
