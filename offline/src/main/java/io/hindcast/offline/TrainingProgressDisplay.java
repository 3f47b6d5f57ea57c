package io.hindcast.offline;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.TrainingControl;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a training: by step where rounds have steps, else by round; then by evaluated row. */
final class TrainingProgressDisplay implements TrainingControl.Progress, AutoCloseable {

    private final ProgressReporter progress;
    private final String name;
    private final int rounds;
    private int stepsPerRound;
    private long steps;
    private double best = Double.POSITIVE_INFINITY;
    private int bestRound;
    private String note = "";
    private ProgressReporter.@Nullable Task task;
    private boolean scoring;

    /** @param rounds maximum number of rounds */
    TrainingProgressDisplay(ProgressReporter progress, String name, int rounds) {
        this.progress = progress;
        this.name = name;
        this.rounds = rounds;
    }

    @Override
    public void stepsCompleted(int round, int step, int of, Map<String, Double> metrics) {
        stepsPerRound = of;
        steps = (long) (round - 1) * of + step;
        task((long) rounds * of, "steps")
                .at(steps, "round " + round + " of at most " + rounds + (note.isEmpty() ? "" : ", " + note));
    }

    @Override
    public void roundCompleted(RoundMetrics round) {
        if (round.validationLoss() < best) {
            best = round.validationLoss();
            bestRound = round.round();
        }
        note = String.format(
                Locale.ROOT, "validation loss %.5f, best %.5f in round %d", round.validationLoss(), best, bestRound);
        if (stepsPerRound == 0) {
            task(round.maxRounds(), "rounds").at(round.round(), note);
        } else {
            steps = (long) round.round() * stepsPerRound;
            task((long) rounds * stepsPerRound, "steps").at(steps, note);
        }
    }

    @Override
    public void rowsScored(int rows, int of) {
        if (!scoring) {
            close();
            scoring = true;
            task = progress.begin("Evaluating", of, "rows");
        }
        task(of, "rows").at(rows, "");
    }

    /** Returns the steps completed; 0 if rounds have no steps. */
    long steps() {
        return steps;
    }

    private ProgressReporter.Task task(long total, String unit) {
        ProgressReporter.Task shown = task;
        if (shown == null) {
            shown = progress.begin(name, total, unit);
            task = shown;
        }
        return shown;
    }

    @Override
    public void close() {
        ProgressReporter.Task shown = task;
        if (shown != null) {
            task = null;
            shown.close();
        }
    }
}
