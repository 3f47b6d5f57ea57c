package io.hindcast.ml.lightgbm;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.lightgbm.TreeEnsemble.Tree;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScoringArguments;
import java.nio.charset.StandardCharsets;

/**
 * Scores a LightGBM model in plain Java, without locks or native code.
 *
 * <p>Nodes of all trees lie in three arrays, each tree in preorder, so that the left child is the next entry and a walk
 * mostly goes forward in memory. A leaf has feature −1 and its value in place of a threshold. Scores are summed tree by
 * tree and turned into probabilities as LightGBM does it; only the exponential is {@link StrictMath}'s, so results are
 * the same bits on every machine and differ from the native call by rounding of the last digit.
 */
final class FlatTreesScorer implements Scorer {

    static final String VERSION = "1";

    /** Rows that go through a tree together, so that the tree is in the cache for all but the first. */
    private static final int BLOCK = 128;

    private final int columns;
    private final int[] roots;
    private final int[] feature;
    private final double[] threshold;
    private final int[] right;
    private final boolean[] missingLeft;
    private volatile boolean closed;

    private FlatTreesScorer(TreeEnsemble ensemble) {
        columns = ensemble.features();
        int nodes = 0;
        for (Tree tree : ensemble.trees()) {
            nodes += 2 * tree.leaves() - 1;
        }
        roots = new int[ensemble.trees().size()];
        feature = new int[nodes];
        threshold = new double[nodes];
        right = new int[nodes];
        missingLeft = new boolean[nodes];
        int next = 0;
        for (int t = 0; t < roots.length; t++) {
            roots[t] = next;
            Tree tree = ensemble.trees().get(t);
            next = flatten(tree, tree.nodes() == 0 ? -1 : 0, next);
        }
    }

    static FlatTreesScorer of(byte[] lightGbmText) {
        TreeEnsemble ensemble = TreeEnsemble.parse(new String(lightGbmText, StandardCharsets.UTF_8));
        if (ensemble.classes() != CLASSES) {
            throw new IllegalArgumentException(
                    "model has " + ensemble.classes() + " classes, expected SELL, HOLD and BUY");
        }
        return new FlatTreesScorer(ensemble);
    }

    /**
     * Writes a node and all below it from {@code at} on; answers where the next may go. Depth is bounded by the leaves.
     */
    private int flatten(Tree tree, int node, int at) {
        if (node < 0) {
            feature[at] = -1;
            threshold[at] = tree.leaf(-node - 1);
            return at + 1;
        }
        feature[at] = tree.feature(node);
        threshold[at] = tree.threshold(node);
        missingLeft[at] = tree.missingLeft(node);
        int afterLeft = flatten(tree, tree.left(node), at + 1);
        right[at] = afterLeft;
        return flatten(tree, tree.right(node), afterLeft);
    }

    @Override
    public ScorerSpec spec() {
        return LightGbmEngine.FLAT_TREES.spec();
    }

    @Override
    public int inputs() {
        return columns;
    }

    @Override
    public void score(double[] rows, int n, double[] out) {
        ScoringArguments.check(rows, columns, n, out);
        if (closed) {
            throw new IllegalStateException("the scorer is closed");
        }
        for (int from = 0; from < n; from += BLOCK) {
            int to = Math.min(n, from + BLOCK);
            for (int row = from; row < to; row++) {
                out[row * CLASSES] = 0;
                out[row * CLASSES + 1] = 0;
                out[row * CLASSES + 2] = 0;
            }
            for (int t = 0; t < roots.length; t++) {
                int root = roots[t];
                int clazz = t % CLASSES;
                for (int row = from; row < to; row++) {
                    out[row * CLASSES + clazz] += leafOf(root, rows, row * columns);
                }
            }
            for (int row = from; row < to; row++) {
                softmax(out, row * CLASSES);
            }
        }
    }

    private double leafOf(int root, double[] features, int offset) {
        int node = root;
        int column = feature[node];
        while (column >= 0) {
            double value = features[offset + column];
            boolean goLeft = value <= threshold[node] || (Double.isNaN(value) && missingLeft[node]);
            node = goLeft ? node + 1 : right[node];
            column = feature[node];
        }
        return threshold[node];
    }

    private static void softmax(double[] scores, int at) {
        double highest = Math.max(Math.max(scores[at], scores[at + 1]), scores[at + 2]);
        double sum = 0;
        for (int i = at; i < at + CLASSES; i++) {
            scores[i] = StrictMath.exp(scores[i] - highest);
            sum += scores[i];
        }
        for (int i = at; i < at + CLASSES; i++) {
            scores[i] /= sum;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
