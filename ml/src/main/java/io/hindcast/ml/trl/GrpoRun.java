package io.hindcast.ml.trl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.hindcast.api.model.Evaluation;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.TokenBatch;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Split;
import io.hindcast.ml.evaluate.Evaluator;
import io.hindcast.ml.label.SignalClass;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Encoder;
import io.hindcast.ml.torch.Optimization;
import io.hindcast.ml.torch.Weights;
import io.hindcast.ml.train.Round;
import io.hindcast.ml.train.Rounds;
import io.hindcast.ml.train.Stop;
import io.hindcast.ml.train.TrainingControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One optimisation of a policy under way. Rewards are counted in means of |change| over the articles that are trained on. The reference is the
 * policy as it began: its probabilities never change, so they are taken once. Old policies, references and validations go without dropout.
 */
final class GrpoRun {

    private static final Logger log = LoggerFactory.getLogger(GrpoRun.class);
    private static final int CLASSES = Scorer.CLASSES;
    private static final int SCORED_AT_ONCE = 32;
    private static final int STEPS_BETWEEN_LOOKS = 20;

    private final ArticleSamples samples;
    private final Split split;
    private final TrlParameters parameters;
    private final Weights weights;
    private final BertNetwork learning;
    private final BertNetwork policy;
    private final SplittableRandom random;
    private final TrainingControl control;
    private final GrpoLoss loss;
    private final PolicyGuard guard;
    private final double meanChange;
    private final double[] trainReference;

    /**
     * @param weights of both networks
     * @param learning with dropout in its adapters
     * @param policy the same without
     */
    GrpoRun(
            ArticleSamples samples,
            Split split,
            TrlParameters parameters,
            Weights weights,
            BertNetwork learning,
            BertNetwork policy,
            SplittableRandom random,
            TrainingControl control) {
        this.samples = samples;
        this.split = split;
        this.parameters = parameters;
        this.weights = weights;
        this.learning = learning;
        this.policy = policy;
        this.random = random;
        this.control = control;
        this.loss = parameters.grpo().loss();
        this.guard = new PolicyGuard(parameters.grpo());
        this.meanChange = samples.meanAbsoluteChange(split.train());
        this.trainReference = log(rows(split.train()));
    }

    /** Articles that go through the network together, and what the old policy tried on them. */
    @SuppressWarnings("ArrayRecordComponent") // made and read here
    private record Batch(int[] rows, List<GrpoGroup> groups, double[] oldLog, double[] referenceLog) {}

    /** Sums over an epoch. */
    private static final class Sums {
        private int articles;
        private int steps;
        private int withoutSpread;
        private double reward;
        private double surrogate;
        private double kl;
        private double clipFraction;
        private double entropy;
        private double norm;

        void add(Batch batch, GrpoLoss.Figures figures) {
            int n = batch.groups().size();
            articles += n;
            for (GrpoGroup group : batch.groups()) {
                reward += group.reward();
                withoutSpread += group.hasSpread() ? 0 : 1;
            }
            surrogate += n * figures.surrogate();
            kl += n * figures.kl();
            clipFraction += n * figures.clipFraction();
            entropy += n * figures.entropy();
        }

        Map<String, Double> figures() {
            return new HashMap<>(Map.of(
                    TrlTrainer.REWARD, reward / articles,
                    TrlTrainer.SURROGATE, surrogate / articles,
                    TrlTrainer.KL, kl / articles,
                    TrlTrainer.CLIP_FRACTION, clipFraction / articles,
                    TrlTrainer.ENTROPY, entropy / articles,
                    TrlTrainer.GRADIENT_NORM, norm / steps,
                    TrlTrainer.WITHOUT_SPREAD, (double) withoutSpread / articles));
        }
    }

    /** Optimises, and leaves the weights as they were at the best round. */
    Rounds optimise() {
        Optimization optimization =
                new Optimization(weights, parameters.learningRate(), parameters.weightDecay(), parameters.maxNorm());
        Rounds rounds = new Rounds(control, parameters.epochs(), parameters.patience());
        double referenceReward = expectedReward(split.train(), trainReference);
        double referenceValidation = expectedReward(split.validation(), log(rows(split.validation())));
        int[] order = rows(split.train());
        Map<String, float[]> best = weights.snapshot();
        while (rounds.next()) {
            Sums sums = new Sums();
            Shuffled.shuffle(order, random);
            Optional<Stop> broken = epoch(order, rounds.number(), optimization, sums);
            Map<String, Double> figures = sums.figures();
            figures.put(TrlTrainer.REFERENCE_REWARD, referenceReward);
            figures.put(TrlTrainer.REFERENCE_VALIDATION_REWARD, referenceValidation);
            figures.putAll(validation());
            if (broken.isPresent()) {
                log.warn("Stopped in epoch {}, {}: {}", rounds.number(), broken.get(), guard.means());
                rounds.broken(broken.get(), figures);
            } else if (rounds.done(figures)) {
                best = weights.snapshot();
            }
        }
        weights.restore(best);
        return rounds;
    }

    private Optional<Stop> epoch(int[] order, int number, Optimization optimization, Sums sums) {
        int batches = (order.length + parameters.batch() - 1) / parameters.batch();
        int together = parameters.grpo().innerSteps() * parameters.accumulation();
        int steps = (batches + parameters.accumulation() - 1) / parameters.accumulation();
        for (int from = 0; from < batches; from += together) {
            List<Batch> rollout = rollout(order, from, Math.min(batches, from + together));
            for (int i = 0; i < rollout.size(); i += parameters.accumulation()) {
                List<Batch> some = rollout.subList(i, Math.min(rollout.size(), i + parameters.accumulation()));
                Optional<Stop> broken = step(some, optimization, sums);
                if (broken.isPresent()) {
                    return broken;
                }
                if (sums.steps % STEPS_BETWEEN_LOOKS == 0) {
                    control.check("in epoch " + number);
                    control.progress().step(number, sums.steps, steps);
                }
            }
        }
        return Optional.empty();
    }

    /** Lets the policy as it is now try articles. */
    private List<Batch> rollout(int[] order, int from, int to) {
        List<Batch> rollout = new ArrayList<>();
        for (int batch = from; batch < to; batch++) {
            int first = batch * parameters.batch();
            int[] rows = new int[Math.min(parameters.batch(), order.length - first)];
            System.arraycopy(order, first, rows, 0, rows.length);
            double[] oldLog = log(rows);
            double[] probabilities = exp(oldLog);
            double[] reference = new double[oldLog.length];
            List<GrpoGroup> groups = new ArrayList<>();
            for (int i = 0; i < rows.length; i++) {
                int train = (rows[i] - split.train().from()) * CLASSES;
                System.arraycopy(trainReference, train, reference, i * CLASSES, CLASSES);
                groups.add(GrpoGroup.draw(
                        parameters.grpo().group(),
                        probabilities,
                        i * CLASSES,
                        SignalClass.of(samples.outcome(rows[i])),
                        weight(rows[i]),
                        parameters.grpo().divideByDeviation(),
                        random));
            }
            rollout.add(new Batch(rows, groups, oldLog, reference));
        }
        return rollout;
    }

    private Optional<Stop> step(List<Batch> batches, Optimization optimization, Sums sums) {
        double kl = 0;
        double entropy = 0;
        for (Batch batch : batches) {
            GrpoLoss.Figures[] figures = new GrpoLoss.Figures[1];
            optimization.accumulate(step -> {
                NDArray logits = learning.logits(tokens(step, batch.rows(), 0, batch.rows().length), 0);
                figures[0] = loss.figures(logits.toFloatArray(), batch.oldLog(), batch.referenceLog(), batch.groups());
                return loss.of(logits, batch.oldLog(), batch.referenceLog(), batch.groups())
                        .div(Encoder.number(logits, batches.size()));
            });
            sums.add(batch, figures[0]);
            kl += figures[0].kl() / batches.size();
            entropy += figures[0].entropy() / batches.size();
        }
        sums.norm += optimization.step();
        sums.steps++;
        return guard.step(kl, entropy);
    }

    private Map<String, Double> validation() {
        double[] log = log(rows(split.validation()));
        Evaluation greedy =
                Evaluator.evaluate(samples, split.validation(), split.train(), exp(log), parameters.feeRate());
        double reward = expectedReward(split.validation(), log);
        return Map.of(
                Round.VALIDATION_LOSS, -reward,
                TrlTrainer.VALIDATION_REWARD, reward,
                TrlTrainer.VALIDATION_ACCURACY, greedy.accuracy(),
                TrlTrainer.VALIDATION_MACRO_F1, greedy.macroF1(),
                TrlTrainer.VALIDATION_LOG_LOSS, greedy.logLoss());
    }

    /** Mean over the articles of what a policy earns on the average of its draws. */
    private double expectedReward(RowRange range, double[] log) {
        double sum = 0;
        for (int i = 0; i < range.size(); i++) {
            int row = range.from() + i;
            double right = StrictMath.exp(log[i * CLASSES + SignalClass.of(samples.outcome(row))]);
            sum += weight(row) * (2 * right - 1);
        }
        return sum / range.size();
    }

    private double weight(int row) {
        return parameters.grpo().weight(samples.reaction(row).changePercent(), meanChange);
    }

    /** Logarithms of the policy's probabilities. */
    private double[] log(int[] rows) {
        double[] log = new double[rows.length * CLASSES];
        for (int from = 0; from < rows.length; from += SCORED_AT_ONCE) {
            int to = Math.min(rows.length, from + SCORED_AT_ONCE);
            try (NDManager step = weights.manager().newSubManager()) {
                float[] logits = policy.logits(tokens(step, rows, from, to), 0).toFloatArray();
                System.arraycopy(GrpoLoss.logSoftmax(logits), 0, log, from * CLASSES, logits.length);
            }
        }
        return log;
    }

    private TokenBatch tokens(NDManager step, int[] rows, int from, int to) {
        List<int[]> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add(samples.tokens(rows[i]));
        }
        return TokenBatch.of(step, texts, samples.padId());
    }

    private static double[] exp(double[] log) {
        double[] probabilities = new double[log.length];
        for (int i = 0; i < log.length; i++) {
            probabilities[i] = StrictMath.exp(log[i]);
        }
        return probabilities;
    }

    private static int[] rows(RowRange range) {
        int[] rows = new int[range.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = range.from() + i;
        }
        return rows;
    }
}
