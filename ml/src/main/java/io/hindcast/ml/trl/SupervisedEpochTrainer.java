package io.hindcast.ml.trl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Optimization;
import io.hindcast.ml.train.StopReason;
import java.util.Map;
import java.util.Optional;

/**
 * Trains by cross-entropy with the outcomes, weighted so that the classes count equally: the policy of a random
 * classifier has no differences that rewards could reinforce.
 */
final class SupervisedEpochTrainer implements EpochTrainer {

    private static final int CLASSES = Scorer.CLASSES;

    private final Policy policy;
    private final RowRange train;
    private final double[] weights;
    private final TrlSchedule schedule;
    private final Optimization optimization;
    private final EpochTimeBudget pace;

    SupervisedEpochTrainer(Policy policy, RowRange train, TrlSchedule schedule, EpochTimeBudget pace) {
        this.policy = policy;
        this.train = train;
        this.weights = Reward.BALANCED.weights(policy.samples(), train);
        this.schedule = schedule;
        this.optimization = new Optimization(
                policy.weights(),
                schedule.optimizer().withLearningRate(schedule.supervision().learningRate()));
        this.pace = pace;
    }

    @Override
    public Optional<StopReason> epoch(int[] order, Map<String, Double> figures) {
        EpochBatches batches = new EpochBatches(order, schedule);
        double loss = 0;
        double norm = 0;
        int done = 0;
        boolean goesOn = true;
        for (int step = 0; step < batches.steps() && goesOn; step++) {
            int from = batches.firstOf(step);
            int to = batches.firstOf(step + 1);
            double stepLoss = 0;
            for (int batch = from; batch < to && goesOn; batch++) {
                goesOn = pace.goesOn(step);
                if (goesOn) {
                    int[] rows = batches.rows(batch);
                    stepLoss += pace.learning(
                            rows.length, () -> optimization.accumulate(m -> loss(m, rows, 1.0 / (to - from))));
                }
            }
            if (goesOn) {
                norm += optimization.step();
                loss += stepLoss;
                done = step + 1;
                pace.done(done, batches.steps());
            }
        }
        if (done > 0) {
            figures.put(TrlTrainer.TRAINING_LOSS, loss / done);
            figures.put(TrlTrainer.GRADIENT_NORM, norm / done);
        }
        return goesOn ? Optional.empty() : Optional.of(StopReason.TIME_BUDGET);
    }

    /** Returns −share/n Σ w·ln p(outcome). */
    private NDArray loss(NDManager manager, int[] rows, double share) {
        float[] factors = new float[rows.length * CLASSES];
        for (int i = 0; i < rows.length; i++) {
            int outcome = policy.samples().outcome(rows[i]).classIndex();
            factors[i * CLASSES + outcome] = (float) (share * weights[rows[i] - train.from()] / rows.length);
        }
        return policy.logits(manager, rows)
                .logSoftmax(-1)
                .mul(manager.create(factors, new Shape(rows.length, CLASSES)))
                .sum()
                .neg();
    }
}
