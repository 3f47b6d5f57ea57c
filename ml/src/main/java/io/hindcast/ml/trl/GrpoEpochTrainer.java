package io.hindcast.ml.trl;

import ai.djl.ndarray.NDArray;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Encoder;
import io.hindcast.ml.torch.Optimization;
import io.hindcast.ml.train.StopReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains by group relative policy optimisation, with the policy's initial state as the reference. The reference's
 * probabilities never change, so each article's are computed once, at its first rollout. Old policies and the reference
 * are evaluated without dropout.
 */
final class GrpoEpochTrainer implements EpochTrainer {

    private static final Logger log = LoggerFactory.getLogger(GrpoEpochTrainer.class);
    private static final int CLASSES = Scorer.CLASSES;

    private final Policy policy;
    private final RowRange train;
    private final TrlParameters parameters;
    private final Map<String, float[]> reference;
    private final double[] weights;
    private final Map<Integer, double[]> referenceLogs = new HashMap<>();
    private final Optimization optimization;
    private final GrpoLoss loss;
    private final CollapseGuard guard;
    private final SplittableRandom random;
    private final EpochTimeBudget pace;

    /** @param policy policy whose current state is the reference */
    GrpoEpochTrainer(
            Policy policy, RowRange train, TrlParameters parameters, SplittableRandom random, EpochTimeBudget pace) {
        this.policy = policy;
        this.train = train;
        this.parameters = parameters;
        this.reference = policy.weights().snapshot();
        this.weights = parameters.grpo().reward().weights(policy.samples(), train);
        this.optimization =
                new Optimization(policy.weights(), parameters.schedule().optimizer());
        this.loss = parameters.grpo().loss();
        this.guard = new CollapseGuard(parameters.grpo());
        this.random = random;
        this.pace = pace;
    }

    /** Articles that go through the network together, with the old policy's actions. */
    @SuppressWarnings("ArrayRecordComponent") // made and read here
    private record Batch(int[] rows, List<GrpoGroup> groups, double[] oldLog, double[] referenceLog) {}

    /** Sums of metrics over an epoch. */
    private final class Sums {
        private int articles;
        private int steps;
        private int withoutSpread;
        private double reward;
        private double referenceReward;
        private double surrogate;
        private double kl;
        private double clipFraction;
        private double entropy;
        private double norm;

        void add(Batch batch, GrpoLoss.Figures figures) {
            int n = batch.groups().size();
            articles += n;
            for (int i = 0; i < n; i++) {
                GrpoGroup group = batch.groups().get(i);
                reward += group.reward();
                referenceReward += expected(batch.rows()[i], batch.referenceLog(), i);
                withoutSpread += group.hasSpread() ? 0 : 1;
            }
            surrogate += n * figures.surrogate();
            kl += n * figures.kl();
            clipFraction += n * figures.clipFraction();
            entropy += n * figures.entropy();
        }

        private double expected(int row, double[] log, int at) {
            double right = StrictMath.exp(log[at * CLASSES + outcome(row)]);
            return weights[row - train.from()] * (2 * right - 1);
        }

        void into(Map<String, Double> figures) {
            if (articles > 0 && steps > 0) {
                figures.put(TrlTrainer.REWARD, reward / articles);
                figures.put(TrlTrainer.REFERENCE_REWARD, referenceReward / articles);
                figures.put(TrlTrainer.SURROGATE, surrogate / articles);
                figures.put(TrlTrainer.KL, kl / articles);
                figures.put(TrlTrainer.CLIP_FRACTION, clipFraction / articles);
                figures.put(TrlTrainer.ENTROPY, entropy / articles);
                figures.put(TrlTrainer.GRADIENT_NORM, norm / steps);
                figures.put(TrlTrainer.WITHOUT_SPREAD, (double) withoutSpread / articles);
            }
        }
    }

    @Override
    public Optional<StopReason> epoch(int[] order, Map<String, Double> figures) {
        Sums sums = new Sums();
        Optional<StopReason> broken = steps(new EpochBatches(order, parameters.schedule()), sums);
        sums.into(figures);
        broken.filter(why -> why != StopReason.TIME_BUDGET)
                .ifPresent(why -> log.warn("Stopped, {}: {}", why, guard.means()));
        return broken;
    }

    private Optional<StopReason> steps(EpochBatches batches, Sums sums) {
        int kept = parameters.grpo().innerSteps();
        for (int first = 0; first < batches.steps(); first += kept) {
            int next = Math.min(batches.steps(), first + kept);
            List<Batch> rollout = new ArrayList<>();
            for (int batch = batches.firstOf(first); batch < batches.firstOf(next); batch++) {
                if (!pace.goesOn(sums.steps)) {
                    return Optional.of(StopReason.TIME_BUDGET);
                }
                rollout.add(rollout(batches.rows(batch)));
            }
            for (int step = first; step < next; step++) {
                int from = batches.firstOf(step) - batches.firstOf(first);
                int to = batches.firstOf(step + 1) - batches.firstOf(first);
                Optional<StopReason> broken = step(rollout.subList(from, to), sums);
                if (broken.isPresent()) {
                    return broken;
                }
                pace.done(sums.steps, batches.steps());
            }
        }
        return Optional.empty();
    }

    /** Draws actions of the current policy on articles. */
    private Batch rollout(int[] rows) {
        double[] oldLog = pace.scoring(rows.length, () -> policy.log(rows));
        double[] probabilities = Policy.exp(oldLog);
        double[] referenceLog = referenceLog(rows);
        List<GrpoGroup> groups = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            groups.add(GrpoGroup.draw(
                    parameters.grpo().group(),
                    probabilities,
                    i * CLASSES,
                    outcome(rows[i]),
                    weights[rows[i] - train.from()],
                    random));
        }
        return new Batch(rows, groups, oldLog, referenceLog);
    }

    private double[] referenceLog(int[] rows) {
        int[] unknown = Arrays.stream(rows)
                .filter(row -> !referenceLogs.containsKey(row))
                .toArray();
        if (unknown.length > 0) {
            double[] found = policy.logOf(reference, unknown);
            for (int i = 0; i < unknown.length; i++) {
                referenceLogs.put(unknown[i], Arrays.copyOfRange(found, i * CLASSES, (i + 1) * CLASSES));
            }
        }
        double[] all = new double[rows.length * CLASSES];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(referenceLogs.getOrDefault(rows[i], all), 0, all, i * CLASSES, CLASSES);
        }
        return all;
    }

    private Optional<StopReason> step(List<Batch> batches, Sums sums) {
        double kl = 0;
        double entropy = 0;
        for (Batch batch : batches) {
            if (!pace.goesOn(sums.steps)) {
                return Optional.of(StopReason.TIME_BUDGET);
            }
            GrpoLoss.Figures figures = pace.learning(batch.rows().length, () -> accumulate(batch, batches.size()));
            sums.add(batch, figures);
            kl += figures.kl() / batches.size();
            entropy += figures.entropy() / batches.size();
        }
        sums.norm += optimization.step();
        sums.steps++;
        return guard.step(kl, entropy);
    }

    private GrpoLoss.Figures accumulate(Batch batch, int batches) {
        GrpoLoss.Figures[] figures = new GrpoLoss.Figures[1];
        optimization.accumulate(step -> {
            NDArray logits = policy.logits(step, batch.rows());
            figures[0] = loss.figures(logits.toFloatArray(), batch.oldLog(), batch.referenceLog(), batch.groups());
            return loss.of(logits, batch.oldLog(), batch.referenceLog(), batch.groups())
                    .div(Encoder.number(logits, batches));
        });
        return figures[0];
    }

    private int outcome(int row) {
        return policy.samples().outcome(row).classIndex();
    }
}
