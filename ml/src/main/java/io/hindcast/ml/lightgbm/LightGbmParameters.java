package io.hindcast.ml.lightgbm;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.train.TrainingParameters;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a LightGBM training can be told.
 *
 * @param split how the dataset is cut
 * @param feeRate fraction of the traded amount that the evaluation charges per trade
 * @param rounds boosting rounds at most, each one tree a class
 * @param patience rounds without a better validation loss after which it stops
 * @param learningRate above 0 to 1
 * @param leaves of a tree at most, 2 or more
 * @param minRowsPerLeaf 1 or more
 * @param featureFraction share of the features that a tree may use, above 0 to 1
 * @param rowFraction share of the rows that a round trains on, above 0 to 1
 * @param l2 penalty on leaf values, 0 or more
 * @param classBalance how far rare outcomes count more: a row of class c weighs (rows / (3 · rows of c)) to this power;
 *     0 counts all alike, 1 makes the classes equal. No row is thrown away
 * @param threads LightGBM uses; part of the result, because sums are split among them. Its threads wait for each other
 *     by spinning: when they have to share cores with other work, two can take ten times as long as one
 */
public record LightGbmParameters(
        ChronologicalSplitter split,
        double feeRate,
        int rounds,
        int patience,
        double learningRate,
        int leaves,
        int minRowsPerLeaf,
        double featureFraction,
        double rowFraction,
        double l2,
        double classBalance,
        int threads)
        implements TrainingParameters {

    /**
     * Good on a month of one-minute bars: some 100 rounds in a few seconds, on one thread so that live work keeps its
     * cores.
     */
    public static final LightGbmParameters DEFAULT =
            new LightGbmParameters(ChronologicalSplitter.DEFAULT, 0.001, 300, 30, 0.05, 15, 100, 0.8, 0.8, 1, 0.5, 1);

    public LightGbmParameters {
        check("feeRate", feeRate, feeRate >= 0 && feeRate < 1, "from 0 to below 1");
        check("rounds", rounds, rounds >= 1, "1 or more");
        check("patience", patience, patience >= 1, "1 or more");
        check("learningRate", learningRate, learningRate > 0 && learningRate <= 1, "above 0 to 1");
        check("leaves", leaves, leaves >= 2 && leaves <= 131072, "2 to 131072");
        check("minRowsPerLeaf", minRowsPerLeaf, minRowsPerLeaf >= 1, "1 or more");
        check("featureFraction", featureFraction, featureFraction > 0 && featureFraction <= 1, "above 0 to 1");
        check("rowFraction", rowFraction, rowFraction > 0 && rowFraction <= 1, "above 0 to 1");
        check("l2", l2, l2 >= 0, "0 or more");
        check("classBalance", classBalance, classBalance >= 0 && classBalance <= 1, "0 to 1");
        check("threads", threads, threads >= 1, "1 or more");
    }

    private static void check(String name, double value, boolean ok, String expected) {
        if (!ok) {
            throw new IllegalArgumentException(
                    "LightGBM parameter " + name + " was " + value + ", expected " + expected);
        }
    }

    public LightGbmParameters withSplit(ChronologicalSplitter other) {
        return new LightGbmParameters(
                other,
                feeRate,
                rounds,
                patience,
                learningRate,
                leaves,
                minRowsPerLeaf,
                featureFraction,
                rowFraction,
                l2,
                classBalance,
                threads);
    }

    /** These, with at most {@code other} rounds. */
    public LightGbmParameters withRounds(int other) {
        return new LightGbmParameters(
                split,
                feeRate,
                other,
                patience,
                learningRate,
                leaves,
                minRowsPerLeaf,
                featureFraction,
                rowFraction,
                l2,
                classBalance,
                threads);
    }

    @Override
    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put("split.validationShare", String.valueOf(split.validationShare()));
        map.put("split.testShare", String.valueOf(split.testShare()));
        map.put("split.embargoBars", String.valueOf(split.embargoBars()));
        map.put("feeRate", String.valueOf(feeRate));
        map.put("rounds", String.valueOf(rounds));
        map.put("patience", String.valueOf(patience));
        map.put("learningRate", String.valueOf(learningRate));
        map.put("leaves", String.valueOf(leaves));
        map.put("minRowsPerLeaf", String.valueOf(minRowsPerLeaf));
        map.put("featureFraction", String.valueOf(featureFraction));
        map.put("rowFraction", String.valueOf(rowFraction));
        map.put("l2", String.valueOf(l2));
        map.put("classBalance", String.valueOf(classBalance));
        map.put("threads", String.valueOf(threads));
        return map;
    }

    /** LightGBM's own names, with what makes two runs alike. */
    String toLightGbm(int seed) {
        return "objective=multiclass num_class=3 metric=multi_logloss boosting=gbdt"
                + " learning_rate=" + learningRate
                + " num_leaves=" + leaves
                + " min_data_in_leaf=" + minRowsPerLeaf
                + " feature_fraction=" + featureFraction
                + " bagging_fraction=" + rowFraction
                + " bagging_freq=" + (rowFraction < 1 ? 1 : 0)
                + " lambda_l2=" + l2
                + " num_threads=" + threads
                + " seed=" + seed
                + " deterministic=true force_row_wise=true use_missing=true zero_as_missing=false verbosity=-1";
    }
}
