package io.hindcast.ml.tst;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.train.TrainingParameters;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a TST training can be told.
 *
 * @param preset name of what these began as, for people
 * @param shape of the network
 * @param split how the dataset is cut
 * @param feeRate fraction of the traded amount that the evaluation charges per trade
 * @param epochs at most
 * @param patience epochs without a better validation loss after which it stops
 * @param stepsPerEpoch batches an epoch has at most: on a long dataset an epoch is a part of it, drawn anew each time
 * @param batch windows a step
 * @param learningRate of Adam, above 0
 * @param weightDecay of AdamW, 0 for plain Adam
 * @param dropout share of numbers dropped in training, from 0 to below 1
 * @param maxNorm gradients are clipped to
 * @param classBalance how far rare outcomes count more, 0 to 1, as {@link io.hindcast.ml.train.ClassWeights} has it
 * @param validationRows rows at most, at even distances, that the validation loss is taken of
 * @param device {@code cpu} or {@code cuda}
 */
public record TstParameters(
        String preset,
        TstShape shape,
        ChronologicalSplitter split,
        double feeRate,
        int epochs,
        int patience,
        int stepsPerEpoch,
        int batch,
        double learningRate,
        double weightDecay,
        double dropout,
        double maxNorm,
        double classBalance,
        int validationRows,
        String device)
        implements TrainingParameters {

    /** Thirty bars, each a token, two layers of width 64: small and quick. */
    public static final TstParameters SMALL = new TstParameters(
            "tst-small",
            new TstShape(30, 0, 2, 2, 64, 128),
            ChronologicalSplitter.DEFAULT,
            0.001,
            30,
            4,
            500,
            96,
            1e-3,
            0,
            0.1,
            1,
            0.5,
            8_000,
            "cpu");

    /**
     * 128 bars in overlapping patches of 16, each window normalised by itself (Nie et al., A time series is worth 64
     * words: long-term forecasting with transformers, 2023). Unlike there a patch holds all features: they are many and
     * belong together, and one sequence a feature would cost as many times more.
     */
    public static final TstParameters PATCH = new TstParameters(
            "tst-patch",
            new TstShape(128, 16, 3, 4, 64, 128),
            ChronologicalSplitter.DEFAULT,
            0.001,
            30,
            4,
            500,
            96,
            5e-4,
            0.01,
            0.2,
            1,
            0.5,
            8_000,
            "cpu");

    public TstParameters {
        check("feeRate", feeRate, feeRate >= 0 && feeRate < 1, "from 0 to below 1");
        check("epochs", epochs, epochs >= 1, "1 or more");
        check("patience", patience, patience >= 1, "1 or more");
        check("stepsPerEpoch", stepsPerEpoch, stepsPerEpoch >= 1, "1 or more");
        check("batch", batch, batch >= 1, "1 or more");
        check("learningRate", learningRate, learningRate > 0 && learningRate <= 1, "above 0 to 1");
        check("weightDecay", weightDecay, weightDecay >= 0 && weightDecay < 1, "from 0 to below 1");
        check("dropout", dropout, dropout >= 0 && dropout < 1, "from 0 to below 1");
        check("maxNorm", maxNorm, maxNorm > 0, "above 0");
        check("classBalance", classBalance, classBalance >= 0 && classBalance <= 1, "0 to 1");
        check("validationRows", validationRows, validationRows >= 1, "1 or more");
    }

    private static void check(String name, double value, boolean ok, String expected) {
        if (!ok) {
            throw new IllegalArgumentException("TST parameter " + name + " was " + value + ", expected " + expected);
        }
    }

    /** The preset of this name. */
    public static TstParameters preset(String name) {
        for (TstParameters preset : List.of(SMALL, PATCH)) {
            if (preset.preset.equals(name)) {
                return preset;
            }
        }
        throw new IllegalArgumentException(
                "TST preset '" + name + "' is not known, expected " + SMALL.preset + " or " + PATCH.preset);
    }

    public TstParameters withSplit(ChronologicalSplitter other) {
        return new TstParameters(
                preset,
                shape,
                other,
                feeRate,
                epochs,
                patience,
                stepsPerEpoch,
                batch,
                learningRate,
                weightDecay,
                dropout,
                maxNorm,
                classBalance,
                validationRows,
                device);
    }

    /** These, for at most so many epochs of so many steps. */
    public TstParameters withEpochs(int other, int steps) {
        return new TstParameters(
                preset,
                shape,
                split,
                feeRate,
                other,
                patience,
                steps,
                batch,
                learningRate,
                weightDecay,
                dropout,
                maxNorm,
                classBalance,
                validationRows,
                device);
    }

    public TstParameters withShape(TstShape other) {
        return new TstParameters(
                preset,
                other,
                split,
                feeRate,
                epochs,
                patience,
                stepsPerEpoch,
                batch,
                learningRate,
                weightDecay,
                dropout,
                maxNorm,
                classBalance,
                validationRows,
                device);
    }

    public TstParameters withFeeRate(double other) {
        return new TstParameters(
                preset,
                shape,
                split,
                other,
                epochs,
                patience,
                stepsPerEpoch,
                batch,
                learningRate,
                weightDecay,
                dropout,
                maxNorm,
                classBalance,
                validationRows,
                device);
    }

    public TstParameters withDevice(String other) {
        return new TstParameters(
                preset,
                shape,
                split,
                feeRate,
                epochs,
                patience,
                stepsPerEpoch,
                batch,
                learningRate,
                weightDecay,
                dropout,
                maxNorm,
                classBalance,
                validationRows,
                other);
    }

    @Override
    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put("preset", preset);
        map.put("shape.bars", String.valueOf(shape.bars()));
        map.put("shape.patch", String.valueOf(shape.patch()));
        map.put("shape.layers", String.valueOf(shape.layers()));
        map.put("shape.heads", String.valueOf(shape.heads()));
        map.put("shape.width", String.valueOf(shape.width()));
        map.put("shape.inner", String.valueOf(shape.inner()));
        map.put("split.validationShare", String.valueOf(split.validationShare()));
        map.put("split.testShare", String.valueOf(split.testShare()));
        map.put("split.embargoBars", String.valueOf(split.embargoBars()));
        map.put("feeRate", String.valueOf(feeRate));
        map.put("epochs", String.valueOf(epochs));
        map.put("patience", String.valueOf(patience));
        map.put("stepsPerEpoch", String.valueOf(stepsPerEpoch));
        map.put("batch", String.valueOf(batch));
        map.put("learningRate", String.valueOf(learningRate));
        map.put("weightDecay", String.valueOf(weightDecay));
        map.put("dropout", String.valueOf(dropout));
        map.put("maxNorm", String.valueOf(maxNorm));
        map.put("classBalance", String.valueOf(classBalance));
        map.put("validationRows", String.valueOf(validationRows));
        map.put("device", device);
        return map;
    }
}
