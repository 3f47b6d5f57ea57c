package io.hindcast.ml.lightgbm;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The trees of a LightGBM multiclass model, read from its text form. Tree {@code i} adds to the score of class {@code i
 * mod classes}; probabilities are the softmax of the three sums.
 *
 * @param features number of features
 * @param classes number of classes
 * @param trees in the order in which scores are summed
 */
public record TreeEnsemble(int features, int classes, List<Tree> trees) {

    /** Decision bits of LightGBM's {@code decision_type}. */
    private static final int CATEGORICAL = 1;

    private static final int DEFAULT_LEFT = 2;
    private static final int MISSING_SHIFT = 2;
    private static final int MISSING_NONE = 0;
    private static final int MISSING_NAN = 2;

    public TreeEnsemble {
        trees = List.copyOf(trees);
    }

    /**
     * One tree. Node {@code n} sends a row left if its feature is at most the threshold; a missing value goes where
     * {@code missingLeft} says. A child of 0 or more is a node, a negative one is leaf {@code -child - 1}. A tree
     * without nodes is its one leaf.
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

        /** What leaf {@code number} adds to the score. */
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
        String[] sections = modelText.split("\nTree=", -1);
        Map<String, String> head = fields(sections[0]);
        int classes = integer(head, "num_class");
        int perRound = integer(head, "num_tree_per_iteration");
        String objective = head.getOrDefault("objective", "none");
        if (!objective.startsWith("multiclass ") || perRound != classes) {
            throw new IllegalArgumentException("LightGBM model has objective '" + objective + "' and " + perRound
                    + " trees a round for " + classes + " classes, expected multiclass with one tree a class");
        }
        int features = integer(head, "max_feature_idx") + 1;
        int trees = sections.length - 1;
        if (trees % classes != 0 || !modelText.contains("\nend of trees")) {
            throw new IllegalArgumentException("LightGBM model is cut off after " + trees + " trees");
        }
        Tree[] parsed = new Tree[trees];
        for (int i = 0; i < trees; i++) {
            parsed[i] = tree(i, fields(sections[i + 1]), features);
        }
        return new TreeEnsemble(features, classes, Arrays.asList(parsed));
    }

    private static Tree tree(int number, Map<String, String> fields, int features) {
        int leaves = integer(fields, "num_leaves");
        if (!fields.getOrDefault("num_cat", "0").equals("0")
                || !fields.getOrDefault("is_linear", "0").equals("0")) {
            throw new IllegalArgumentException(
                    "LightGBM tree " + number + " has categorical splits or linear leaves, expected neither");
        }
        double[] leaf = doubles(number, fields, "leaf_value", leaves);
        int nodes = leaves - 1;
        if (nodes == 0) {
            return new Tree(new int[0], new double[0], new boolean[0], new int[0], new int[0], leaf);
        }
        int[] feature = ints(number, fields, "split_feature", nodes);
        double[] threshold = doubles(number, fields, "threshold", nodes);
        int[] decision = ints(number, fields, "decision_type", nodes);
        int[] left = ints(number, fields, "left_child", nodes);
        int[] right = ints(number, fields, "right_child", nodes);
        boolean[] missingLeft = new boolean[nodes];
        for (int n = 0; n < nodes; n++) {
            if (feature[n] < 0 || feature[n] >= features) {
                throw new IllegalArgumentException("LightGBM tree " + number + " splits on feature " + feature[n]
                        + ", expected 0 to " + (features - 1));
            }
            checkChild(number, n, left[n], nodes, leaves);
            checkChild(number, n, right[n], nodes, leaves);
            int missing = decision[n] >> MISSING_SHIFT & 3;
            if ((decision[n] & CATEGORICAL) != 0 || (missing != MISSING_NONE && missing != MISSING_NAN)) {
                throw new IllegalArgumentException("LightGBM tree " + number + " has decision type " + decision[n]
                        + ", expected a numerical split with NaN or nothing as missing");
            }
            // Where no value was missing in training, LightGBM takes NaN for 0.
            missingLeft[n] = missing == MISSING_NAN ? (decision[n] & DEFAULT_LEFT) != 0 : 0 <= threshold[n];
        }
        return new Tree(feature, threshold, missingLeft, left, right, leaf);
    }

    /** Children come after their node, so that no walk can go round in circles. */
    private static void checkChild(int tree, int node, int child, int nodes, int leaves) {
        if (child >= 0 ? child <= node || child >= nodes : -child - 1 >= leaves) {
            throw new IllegalArgumentException("LightGBM tree " + tree + " node " + node + " has child " + child
                    + ", expected a later one of " + nodes + " nodes or one of " + leaves + " leaves");
        }
    }

    private static Map<String, String> fields(String section) {
        Map<String, String> fields = new HashMap<>();
        section.lines().takeWhile(line -> !line.equals("end of trees")).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("LightGBM model has no field " + name);
        }
        return value;
    }

    private static int integer(Map<String, String> fields, String name) {
        try {
            return Integer.parseInt(field(fields, name).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "LightGBM model field " + name + " is '" + fields.get(name) + "', expected a whole number", e);
        }
    }

    private static String[] values(int tree, Map<String, String> fields, String name, int expected) {
        String[] values = field(fields, name).strip().split(" +");
        if (values.length != expected) {
            throw new IllegalArgumentException("LightGBM tree " + tree + " has " + values.length + " values of " + name
                    + ", expected " + expected);
        }
        return values;
    }

    private static int[] ints(int tree, Map<String, String> fields, String name, int expected) {
        try {
            return Arrays.stream(values(tree, fields, name, expected))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("LightGBM tree " + tree + " field " + name + ": " + e.getMessage(), e);
        }
    }

    private static double[] doubles(int tree, Map<String, String> fields, String name, int expected) {
        try {
            return Arrays.stream(values(tree, fields, name, expected))
                    .mapToDouble(TreeEnsemble::number)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("LightGBM tree " + tree + " field " + name + ": " + e.getMessage(), e);
        }
    }

    /** C++ writes infinities in its own way. */
    private static double number(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
