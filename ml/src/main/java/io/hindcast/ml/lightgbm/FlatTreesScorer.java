package io.hindcast.ml.lightgbm;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.lightgbm.TreeEnsemble.Tree;
import io.hindcast.ml.score.Scorer;
import io.hindcast.ml.score.ScoringArguments;
import io.hindcast.ml.score.Softmax;
import java.nio.charset.StandardCharsets;

/**
 * Scores a LightGBM model in plain Java, without locks or native code.
 *
 * <p>The nodes of all trees are in parallel arrays, each tree in preorder, so that the left child is the next entry and
 * a walk mostly goes forward in memory. A leaf has feature −1 and its value in place of a threshold. Scores are summed
 * tree by tree and turned into probabilities in LightGBM's order; only the exponential is that of {@link StrictMath},
 * so results have the same bits on every machine and differ from the native call by rounding of the last digit.
 */
final class FlatTreesScorer implements Scorer {

    static final String VERSION = "1";

    /** Rows that walk a tree together, so that it is in the processor's cache for all but the first. */
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
     * Writes a node and its descendants from index {@code at} on; returns the next free index. Depth is bounded by the
     * leaves.
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
                Softmax.apply(out, row * CLASSES);
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

    @Override
    public void close() {
        closed = true;
    }
}
