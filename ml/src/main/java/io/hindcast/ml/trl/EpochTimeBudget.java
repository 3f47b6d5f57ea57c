package io.hindcast.ml.trl;

import io.hindcast.ml.train.EarlyStopping;
import io.hindcast.ml.train.TrainingControl;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The time that is left for training, less what the validation of the round under way is going to take. That is
 * estimated by the passes so far: those that learn, which take longer, until the first that only scores.
 */
final class EpochTimeBudget {

    private static final double MARGIN = 1.1;
    private static final int STEPS_BETWEEN_REPORTS = 20;

    private final TrainingControl control;
    private final EarlyStopping stopping;
    private final int validation;
    private double learning;
    private double scoring;

    /** @param validation articles that end a round */
    EpochTimeBudget(TrainingControl control, EarlyStopping stopping, int validation) {
        this.control = control;
        this.stopping = stopping;
        this.validation = validation;
    }

    /** Times a pass that learns from articles. */
    <T> T learning(int articles, Supplier<T> pass) {
        Duration before = control.trainingTimeLeft();
        T result = pass.get();
        learning = average(learning, perArticle(before, articles));
        return result;
    }

    /** Times a pass that only scores articles. */
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
     * Whether the round goes on after so many steps; once it does not, what is left is for its validation.
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

    /** Reports steps that are done, now and then. */
    void done(int steps, int of) {
        if (steps % STEPS_BETWEEN_REPORTS == 0) {
            control.progress().stepsCompleted(stopping.round(), steps, of);
        }
    }
}
