package io.hindcast.ml.lightgbm;

import io.hindcast.ml.train.EvaluationSettings;
import io.hindcast.ml.train.NamedParameters;
import io.hindcast.ml.train.StoppingRule;
import io.hindcast.ml.train.TrainingParameters;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters of a LightGBM training.
 *
 * @param stopping a round is a boosting round: one tree a class
 * @param trees size and regularisation of the trees
 * @param learningRate above 0 to 1
 * @param classBalance exponent of the class weights, 0 to 1, as {@link io.hindcast.ml.train.ClassWeights} applies it
 * @param threads LightGBM uses; part of the result, because sums are split among them. Its threads wait for each other
 *     by spinning: when they have to share cores with other work, two can take ten times as long as one
 */
public record LightGbmParameters(
        EvaluationSettings evaluation,
        StoppingRule stopping,
        Trees trees,
        double learningRate,
        double classBalance,
        int threads)
        implements TrainingParameters {

    /**
     * Size and regularisation of the trees.
     *
     * @param leaves most leaves of a tree, 2 or more
     * @param minRowsPerLeaf 1 or more
     * @param featureFraction share of the features that a tree may use, above 0 to 1
     * @param rowFraction share of the rows that a round trains on, above 0 to 1
     * @param l2 penalty on leaf values, 0 or more
     */
    public record Trees(int leaves, int minRowsPerLeaf, double featureFraction, double rowFraction, double l2) {

        public Trees {
            check("leaves", leaves, leaves >= 2 && leaves <= 131072, "2 to 131072");
            check("minRowsPerLeaf", minRowsPerLeaf, minRowsPerLeaf >= 1, "1 or more");
            check("featureFraction", featureFraction, featureFraction > 0 && featureFraction <= 1, "above 0 to 1");
            check("rowFraction", rowFraction, rowFraction > 0 && rowFraction <= 1, "above 0 to 1");
            check("l2", l2, l2 >= 0, "0 or more");
        }
    }

    /**
     * Suits a month of one-minute bars: some 100 rounds in a few seconds, on one thread so that live work keeps its
     * cores.
     */
    public static final LightGbmParameters DEFAULT = new LightGbmParameters(
            EvaluationSettings.DEFAULT, new StoppingRule(300, 30), new Trees(15, 100, 0.8, 0.8, 1), 0.05, 0.5, 1);

    public LightGbmParameters {
        check("learningRate", learningRate, learningRate > 0 && learningRate <= 1, "above 0 to 1");
        check("classBalance", classBalance, classBalance >= 0 && classBalance <= 1, "0 to 1");
        check("threads", threads, threads >= 1, "1 or more");
    }

    private static void check(String name, double value, boolean valid, String expected) {
        TrainingParameters.check("LightGBM parameter " + name, value, valid, expected);
    }

    /** Returns a copy with another split and fee rate. */
    public LightGbmParameters withEvaluation(EvaluationSettings other) {
        return new LightGbmParameters(other, stopping, trees, learningRate, classBalance, threads);
    }

    /** Returns a copy with another limit of rounds. */
    public LightGbmParameters withRounds(int other) {
        return withStopping(stopping.withMaxRounds(other));
    }

    /** Returns a copy with another stopping rule. */
    public LightGbmParameters withStopping(StoppingRule other) {
        return new LightGbmParameters(evaluation, other, trees, learningRate, classBalance, threads);
    }

    /** Returns a copy that trains on another number of threads. */
    public LightGbmParameters withThreads(int other) {
        return new LightGbmParameters(evaluation, stopping, trees, learningRate, classBalance, other);
    }

    @Override
    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        evaluation.addTo(map);
        map.put("rounds", String.valueOf(stopping.maxRounds()));
        map.put("patience", String.valueOf(stopping.patience()));
        map.put("learningRate", String.valueOf(learningRate));
        map.put("leaves", String.valueOf(trees.leaves));
        map.put("minRowsPerLeaf", String.valueOf(trees.minRowsPerLeaf));
        map.put("featureFraction", String.valueOf(trees.featureFraction));
        map.put("rowFraction", String.valueOf(trees.rowFraction));
        map.put("l2", String.valueOf(trees.l2));
        map.put("classBalance", String.valueOf(classBalance));
        map.put("threads", String.valueOf(threads));
        return map;
    }

    /**
     * Returns the parameters that {@link #toMap} wrote.
     *
     * @throws IllegalArgumentException if one is missing or has no valid value
     */
    public static LightGbmParameters of(Map<String, String> map) {
        NamedParameters named = new NamedParameters(map);
        return new LightGbmParameters(
                named.evaluation(),
                named.stopping("rounds"),
                new Trees(
                        named.whole("leaves"),
                        named.whole("minRowsPerLeaf"),
                        named.number("featureFraction"),
                        named.number("rowFraction"),
                        named.number("l2")),
                named.number("learningRate"),
                named.number("classBalance"),
                named.whole("threads"));
    }

    /** Returns the parameters under LightGBM's own names, with those that make a training repeatable. */
    String toLightGbm(int seed) {
        return "objective=multiclass num_class=3 metric=multi_logloss boosting=gbdt"
                + " learning_rate=" + learningRate
                + " num_leaves=" + trees.leaves
                + " min_data_in_leaf=" + trees.minRowsPerLeaf
                + " feature_fraction=" + trees.featureFraction
                + " bagging_fraction=" + trees.rowFraction
                + " bagging_freq=" + (trees.rowFraction < 1 ? 1 : 0)
                + " lambda_l2=" + trees.l2
                + " num_threads=" + threads
                + " seed=" + seed
                + " deterministic=true force_row_wise=true use_missing=true zero_as_missing=false verbosity=-1";
    }
}
