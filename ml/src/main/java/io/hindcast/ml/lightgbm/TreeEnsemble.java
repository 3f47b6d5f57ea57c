package io.hindcast.ml.lightgbm;

import java.util.List;

/**
 * The trees of a LightGBM multiclass model, read from its text form. Tree {@code i} adds to the score of class {@code i
 * mod classes}; probabilities are the softmax of the three sums.
 *
 * @param features number of features
 * @param classes number of classes
 * @param trees in the order in which scores are summed
 */
public record TreeEnsemble(int features, int classes, List<Tree> trees) {

    // Bits of LightGBM's decision_type.
    private static final int CATEGORICAL = 1;

    private static final int DEFAULT_LEFT = 2;
    private static final int MISSING_SHIFT = 2;
    private static final int MISSING_NONE = 0;
    private static final int MISSING_NAN = 2;

    public TreeEnsemble {
        trees = List.copyOf(trees);
    }

    /**
     * One tree. Node {@code n} sends a row left if its feature is at most the threshold, and a missing value left if
     * {@code missingLeft} is set. A child of 0 or more is a node, a negative one is leaf {@code -child - 1}. A tree
     * without nodes consists of one leaf.
     */
    public static final class Tree {

        private final int[] feature;
        private final double[] threshold;
        private final boolean[] missingLeft;
        private final int[] left;
        private final int[] right;
        private final double[] leaf;

        private Tree(int[] feature, double[] threshold, boolean[] missingLeft, int[] left, int[] right, double[] leaf) {
            this.feature = feature;
            this.threshold = threshold;
            this.missingLeft = missingLeft;
            this.left = left;
            this.right = right;
            this.leaf = leaf;
        }

        public int nodes() {
            return feature.length;
        }

        public int leaves() {
            return leaf.length;
        }

        public int feature(int node) {
            return feature[node];
        }

        public double threshold(int node) {
            return threshold[node];
        }

        public boolean missingLeft(int node) {
            return missingLeft[node];
        }

        public int left(int node) {
            return left[node];
        }

        public int right(int node) {
            return right[node];
        }

        /** Returns what a leaf adds to the score. */
        public double leaf(int number) {
            return leaf[number];
        }
    }

    /**
     * Reads a model.
     *
     * @throws IllegalArgumentException naming what is wrong, or what this reader does not support: objectives other
     *     than softmax, categorical splits, linear leaves, zero as missing
     */
    public static TreeEnsemble parse(String modelText) {
        ModelText text = ModelText.parse(modelText);
        int classes = text.head().integer("num_class");
        int perRound = text.head().integer("num_tree_per_iteration");
        String objective = text.head().text("objective", "none");
        if (!objective.startsWith("multiclass ") || perRound != classes) {
            throw new IllegalArgumentException("LightGBM model has objective '" + objective + "' and " + perRound
                    + " trees a round for " + classes + " classes, expected multiclass with one tree a class");
        }
        int features = text.head().integer("max_feature_idx") + 1;
        int trees = text.trees().size();
        if (trees % classes != 0 || !text.complete()) {
            throw new IllegalArgumentException("LightGBM model is cut off after " + trees + " trees");
        }
        return new TreeEnsemble(
                features,
                classes,
                text.trees().stream().map(tree -> tree(tree, features)).toList());
    }

    private static Tree tree(ModelText.Section tree, int features) {
        int leaves = tree.integer("num_leaves");
        if (!tree.text("num_cat", "0").equals("0")
                || !tree.text("is_linear", "0").equals("0")) {
            throw new IllegalArgumentException(
                    tree.name() + " has categorical splits or linear leaves, expected neither");
        }
        double[] leaf = tree.doubles("leaf_value", leaves);
        int nodes = leaves - 1;
        if (nodes == 0) {
            return new Tree(new int[0], new double[0], new boolean[0], new int[0], new int[0], leaf);
        }
        int[] feature = tree.integers("split_feature", nodes);
        double[] threshold = tree.doubles("threshold", nodes);
        int[] decision = tree.integers("decision_type", nodes);
        int[] left = tree.integers("left_child", nodes);
        int[] right = tree.integers("right_child", nodes);
        boolean[] missingLeft = new boolean[nodes];
        for (int n = 0; n < nodes; n++) {
            tree.checkFeature(feature[n], features);
            checkChild(tree, n, left[n], nodes);
            checkChild(tree, n, right[n], nodes);
            int missing = decision[n] >> MISSING_SHIFT & 3;
            if ((decision[n] & CATEGORICAL) != 0 || (missing != MISSING_NONE && missing != MISSING_NAN)) {
                throw new IllegalArgumentException(tree.name() + " has decision type " + decision[n]
                        + ", expected a numerical split with NaN or nothing as missing");
            }
            // Where no value was missing in training, LightGBM treats NaN as 0.
            missingLeft[n] = missing == MISSING_NAN ? (decision[n] & DEFAULT_LEFT) != 0 : 0 <= threshold[n];
        }
        return new Tree(feature, threshold, missingLeft, left, right, leaf);
    }

    /** Checks that children come after their node, so that no path from the root is a circle. */
    private static void checkChild(ModelText.Section tree, int node, int child, int nodes) {
        int leaves = nodes + 1;
        if (child >= 0 ? child <= node || child >= nodes : -child - 1 >= leaves) {
            throw new IllegalArgumentException(tree.name() + " node " + node + " has child " + child
                    + ", expected a later one of " + nodes + " nodes or one of " + leaves + " leaves");
        }
    }
}
