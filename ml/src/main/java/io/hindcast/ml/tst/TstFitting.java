package io.hindcast.ml.tst;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Optimization;
import io.hindcast.ml.torch.Weights;
import io.hindcast.ml.train.ClassWeights;
import io.hindcast.ml.train.EarlyStopping;
import io.hindcast.ml.train.FittedModel;
import io.hindcast.ml.train.RoundMetrics;
import io.hindcast.ml.train.StopReason;
import io.hindcast.ml.train.TrainingControl;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Fits one transformer: epochs of batches in random order, each followed by the validation loss, until early stopping
 * ends it. Used once.
 */
final class TstFitting {

    private static final int SCORED_AT_ONCE = TstTrainer.SCORED_AT_ONCE;
    private static final int STEPS_BETWEEN_REPORTS = 20;
    private static final String TRAINING_LOSS = "training loss";
    private static final String GRADIENT_NORM = "gradient norm";

    private final Dataset dataset;
    private final TstParameters parameters;
    private final Weights weights;
    private final TstNetwork network;
    private final SplittableRandom random;
    private final TrainingControl control;
    private final double[] classWeights;
    private final RowRange validation;
    private final int[] order;
    private int used;

    TstFitting(
            Dataset dataset,
            Split split,
            TstParameters parameters,
            Weights weights,
            TstNetwork network,
            SplittableRandom random,
            TrainingControl control) {
        this.dataset = dataset;
        this.parameters = parameters;
        this.weights = weights;
        this.network = network;
        this.random = random;
        this.control = control;
        this.classWeights = ClassWeights.of(dataset, split.train(), parameters.classBalance());
        this.validation = split.validation();
        this.order = new int[split.train().size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = split.train().from() + i;
        }
        this.used = order.length;
    }

    /** Trains and returns the weights of the best epoch, which are restored in the network. */
    FittedModel fit() {
        TstParameters.Schedule schedule = parameters.schedule();
        Optimization optimization = new Optimization(weights, parameters.optimizer());
        int steps = Math.min(schedule.stepsPerEpoch(), Math.ceilDiv(order.length, schedule.batch()));
        EarlyStopping stopping = new EarlyStopping(control, schedule.stopping());
        Map<String, float[]> best = weights.snapshot();
        while (stopping.beginRound()) {
            double loss = 0;
            double norm = 0;
            int step = 0;
            while (step < steps && stopping.continueRound(step)) {
                int[] batch = nextBatch();
                loss += optimization.accumulate(manager -> loss(manager, batch, (float) parameters.dropout()));
                norm += optimization.step();
                step++;
                if (step % STEPS_BETWEEN_REPORTS == 0) {
                    control.progress()
                            .stepsCompleted(
                                    stopping.round(),
                                    step,
                                    steps,
                                    Map.of(TRAINING_LOSS, loss / step, GRADIENT_NORM, norm / step));
                }
            }
            if (step < steps && stopping.hasCompletedRound()) {
                break;
            }
            OptionalDouble validationLoss = validationLoss(stopping);
            if (validationLoss.isEmpty()) {
                break;
            }
            if (stopping.completeRound(Map.of(
                    RoundMetrics.VALIDATION_LOSS,
                    validationLoss.getAsDouble(),
                    TRAINING_LOSS,
                    loss / step,
                    GRADIENT_NORM,
                    norm / step))) {
                best = weights.snapshot();
            }
        }
        weights.restore(best);
        return stopping.result(weights.toSafetensors());
    }

    /** Returns rows in random order, each once before any repeats. */
    private int[] nextBatch() {
        int size = Math.min(parameters.schedule().batch(), order.length);
        int[] batch = new int[size];
        for (int i = 0; i < size; i++) {
            if (used == order.length) {
                used = 0;
            }
            int other = used + random.nextInt(order.length - used);
            int row = order[other];
            order[other] = order[used];
            order[used++] = row;
            batch[i] = row;
        }
        return batch;
    }

    /**
     * Returns the loss on the validation rows; empty if the time budget ends meanwhile and an earlier round is
     * complete. In the first round it is then the loss on the rows scored so far.
     */
    private OptionalDouble validationLoss(EarlyStopping stopping) {
        int n = Math.min(parameters.schedule().validationRows(), validation.size());
        double sum = 0;
        double weight = 0;
        for (int from = 0; from < n; from += SCORED_AT_ONCE) {
            control.check("in the validation of round " + stopping.round());
            if (stopping.hasCompletedRound() && control.trainingTimeSpent()) {
                stopping.stop(StopReason.TIME_BUDGET);
                return OptionalDouble.empty();
            }
            if (from > 0 && control.budgetSpent()) {
                break;
            }
            int[] batch = new int[Math.min(SCORED_AT_ONCE, n - from)];
            double weightOfBatch = 0;
            for (int i = 0; i < batch.length; i++) {
                batch[i] = validation.from() + (int) ((long) (from + i) * validation.size() / n);
                weightOfBatch += classWeights[dataset.outcome(batch[i]).classIndex()];
            }
            try (NDManager manager = weights.manager().newSubManager()) {
                sum += loss(manager, batch, 0).getFloat() * weightOfBatch;
            }
            weight += weightOfBatch;
        }
        return OptionalDouble.of(sum / weight);
    }

    /**
     * Returns the sum over the batch of −w·ln p(outcome), where w is the outcome's class weight, scaled to a sum of 1.
     */
    private NDArray loss(NDManager manager, int[] batch, float dropout) {
        double[] row = new double[dataset.inputs()];
        float[] windows = new float[batch.length * row.length];
        float[] shares = new float[batch.length * Scorer.CLASSES];
        double sum = 0;
        for (int rowOf : batch) {
            sum += classWeights[dataset.outcome(rowOf).classIndex()];
        }
        for (int i = 0; i < batch.length; i++) {
            dataset.read(batch[i], row, 0);
            for (int c = 0; c < row.length; c++) {
                windows[i * row.length + c] = (float) row[c];
            }
            int outcome = dataset.outcome(batch[i]).classIndex();
            shares[i * Scorer.CLASSES + outcome] = (float) (classWeights[outcome] / sum);
        }
        NDArray logits = network.logits(network.windows(manager, windows, batch.length), dropout);
        return logits.logSoftmax(-1)
                .mul(manager.create(shares, new Shape(batch.length, Scorer.CLASSES)))
                .sum()
                .neg();
    }
}
