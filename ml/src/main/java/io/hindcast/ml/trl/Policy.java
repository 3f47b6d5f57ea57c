package io.hindcast.ml.trl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.TokenBatch;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.torch.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A policy in training: its weights, and its probabilities with and without dropout. Not thread-safe. */
final class Policy {

    private static final int CLASSES = Scorer.CLASSES;
    private static final int ARTICLES_AT_ONCE = 32;
    private static final int TOKENS_AT_ONCE = 4096;

    private final ArticleSamples samples;
    private final Weights weights;
    private final BertNetwork learning;
    private final BertNetwork settled;
    private final int atOnce;

    /**
     * @param weights weights of both networks
     * @param learning network with dropout in its adapters
     * @param settled network without dropout
     */
    Policy(ArticleSamples samples, Weights weights, BertNetwork learning, BertNetwork settled) {
        this.samples = samples;
        this.weights = weights;
        this.learning = learning;
        this.settled = settled;
        this.atOnce = Math.clamp(TOKENS_AT_ONCE / samples.inputs(), 1, ARTICLES_AT_ONCE);
    }

    ArticleSamples samples() {
        return samples;
    }

    Weights weights() {
        return weights;
    }

    /** Returns the scores before softmax, with dropout, as a differentiable array. */
    NDArray logits(NDManager step, int[] rows) {
        return learning.logits(tokens(step, rows, 0, rows.length), 0);
    }

    /** Returns the logarithms of the probabilities, rows × 3. */
    double[] log(int[] rows) {
        return log(rows, () -> true);
    }

    /**
     * Returns the logarithms of the probabilities of the first rows, as many as there is time for; the first batch in
     * any case.
     */
    double[] log(int[] rows, BooleanSupplier goesOn) {
        double[] log = new double[rows.length * CLASSES];
        int done = 0;
        while (done < rows.length && (goesOn.getAsBoolean() || done == 0)) {
            int to = Math.min(rows.length, done + atOnce);
            try (NDManager step = weights.manager().newSubManager()) {
                float[] logits = settled.logits(tokens(step, rows, done, to), 0).toFloatArray();
                System.arraycopy(GrpoLoss.logSoftmax(logits), 0, log, done * CLASSES, logits.length);
            }
            done = to;
        }
        return done == rows.length ? log : Arrays.copyOf(log, done * CLASSES);
    }

    /** Returns the logarithms of the probabilities of an earlier state of the policy. */
    double[] logOf(Map<String, float[]> earlier, int[] rows) {
        Map<String, float[]> now = weights.snapshot();
        weights.restore(earlier);
        double[] log = log(rows);
        weights.restore(now);
        return log;
    }

    private TokenBatch tokens(NDManager step, int[] rows, int from, int to) {
        List<int[]> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add(samples.tokens(rows[i]));
        }
        return TokenBatch.of(step, texts, samples.padId());
    }

    static double[] exp(double[] log) {
        return Arrays.stream(log).map(StrictMath::exp).toArray();
    }

    static int[] rows(RowRange range) {
        int[] rows = new int[range.size()];
        Arrays.setAll(rows, i -> range.from() + i);
        return rows;
    }
}
