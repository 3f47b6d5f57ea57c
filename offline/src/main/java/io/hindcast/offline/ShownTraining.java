package io.hindcast.offline;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.TrainingControl;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a training is: step by step where rounds take long, round by round where they don't, then the test
 * rows.
 */
final class ShownTraining implements TrainingControl.Progress, AutoCloseable {

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

    /** @param rounds at most */
    ShownTraining(ProgressReporter progress, String name, int rounds) {
        this.progress = progress;
        this.name = name;
        this.rounds = rounds;
    }

    @Override
    public void stepsCompleted(int round, int step, int of) {
        stepsPerRound = of;
        steps = (long) (round - 1) * of + step;
        shown((long) rounds * of, "steps")
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
            shown(round.maxRounds(), "rounds").at(round.round(), note);
        } else {
            steps = (long) round.round() * stepsPerRound;
            shown((long) rounds * stepsPerRound, "steps").at(steps, note);
        }
    }

    @Override
    public void rowsScored(int rows, int of) {
        if (!scoring) {
            close();
            scoring = true;
            task = progress.begin("Judging", of, "rows");
        }
        shown(of, "rows").at(rows, "");
    }

    /** Steps done; 0 if this family takes none within a round. */
    long steps() {
        return steps;
    }

    private ProgressReporter.Task shown(long total, String unit) {
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
