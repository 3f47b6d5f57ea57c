package io.hindcast.ml.trl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Encoder;
import java.util.List;

/**
 * The loss of group relative policy optimisation (Shao et al., DeepSeekMath, arXiv 2402.03300, 2024) with actions of
 * one class each and a bonus on entropy:
 *
 * <pre>
 * −1/(B·G) Σ min(ρ·A, clip(ρ, 1 − ε, 1 + ε)·A) + β/B Σ KL(π ‖ reference) − η/B Σ H(π),   ρ = π(a) / old(a)
 * </pre>
 *
 * over B articles and their groups of G actions. Divergence and entropy are exact sums over the classes, not estimates
 * from the actions. A group without spread adds nothing to the first sum; the second holds its article near the
 * reference all the same.
 *
 * @param clip ε, above 0
 * @param klWeight β, 0 or more
 * @param entropyWeight η, 0 or more
 */
record GrpoLoss(double clip, double klWeight, double entropyWeight) {

    private static final int CLASSES = Scorer.CLASSES;

    /**
     * The loss, one number.
     *
     * @param logits of the policy, batch × 3
     * @param oldLog ln of the old policy's probabilities, batch × 3, row-major
     * @param referenceLog ln of the reference's
     * @param groups of the articles
     */
    NDArray of(NDArray logits, double[] oldLog, double[] referenceLog, List<GrpoGroup> groups) {
        int batch = groups.size();
        float[] share = new float[batch * CLASSES];
        float[] advantage = new float[batch * CLASSES];
        for (int i = 0; i < share.length; i++) {
            GrpoGroup group = groups.get(i / CLASSES);
            share[i] = (float) ((double) group.counts()[i % CLASSES] / group.size() / batch);
            advantage[i] = (float) group.advantages()[i % CLASSES];
        }
        NDManager step = logits.getManager();
        Shape shape = new Shape(batch, CLASSES);
        NDArray log = logits.logSoftmax(-1);
        NDArray ratio = log.sub(step.create(floats(oldLog), shape)).exp();
        NDArray advantages = step.create(advantage, shape);
        NDArray gain = NDArrays.minimum(
                ratio.mul(advantages),
                ratio.clip((float) (1 - clip), (float) (1 + clip)).mul(advantages));
        NDArray surrogate = gain.mul(step.create(share, shape)).sum();
        NDArray probabilities = log.exp();
        NDArray kl = probabilities
                .mul(log.sub(step.create(floats(referenceLog), shape)))
                .sum();
        NDArray certainty = probabilities.mul(log).sum();
        return kl.mul(Encoder.number(logits, klWeight / batch))
                .add(certainty.mul(Encoder.number(logits, entropyWeight / batch)))
                .sub(surrogate);
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /**
     * Metrics of a batch, means over its articles.
     *
     * @param surrogate mean clipped surrogate of all actions
     * @param kl divergence from the reference, in nats
     * @param clipFraction share of actions whose ratio is outside 1 ± ε
     * @param entropy entropy of the policy, in nats
     */
    record Figures(double surrogate, double kl, double clipFraction, double entropy) {}

    /** Computes the metrics of a batch for the inputs of {@link #of}. */
    Figures figures(float[] logits, double[] oldLog, double[] referenceLog, List<GrpoGroup> groups) {
        double[] log = logSoftmax(logits);
        int batch = groups.size();
        double surrogate = 0;
        double kl = 0;
        double clipped = 0;
        double entropy = 0;
        for (int i = 0; i < log.length; i++) {
            GrpoGroup group = groups.get(i / CLASSES);
            double share = (double) group.counts()[i % CLASSES] / group.size();
            double advantage = group.advantages()[i % CLASSES];
            double ratio = StrictMath.exp(log[i] - oldLog[i]);
            double kept = Math.clamp(ratio, 1 - clip, 1 + clip);
            double probability = StrictMath.exp(log[i]);
            surrogate += share * Math.min(ratio * advantage, kept * advantage);
            clipped += kept == ratio ? 0 : share;
            kl += probability * (log[i] - referenceLog[i]);
            entropy -= probability * log[i];
        }
        return new Figures(surrogate / batch, kl / batch, clipped / batch, entropy / batch);
    }

    /** Returns the logarithms of the probabilities, rows of three. */
    static double[] logSoftmax(float[] logits) {
        double[] log = new double[logits.length];
        for (int row = 0; row < logits.length; row += CLASSES) {
            double most = Math.max(logits[row], Math.max(logits[row + 1], logits[row + 2]));
            double sum = 0;
            for (int c = 0; c < CLASSES; c++) {
                sum += StrictMath.exp(logits[row + c] - most);
            }
            double norm = most + StrictMath.log(sum);
            for (int c = 0; c < CLASSES; c++) {
                log[row + c] = logits[row + c] - norm;
            }
        }
        return log;
    }
}
