package io.hindcast.ml.trl;

import io.hindcast.ml.dataset.WalkForward;
import io.hindcast.ml.train.TrainingParameters;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a TRL training can be told.
 *
 * @param preset name of what these began as, for people
 * @param base what it begins with
 * @param maxTokens of a text, 2 or more
 * @param lora shape of the adapters
 * @param grpo how the policy is optimised
 * @param split how the samples are cut
 * @param feeRate fraction of the traded amount that the evaluation charges per trade
 * @param epochs over the articles at most
 * @param patience epochs without a better validation reward after which it stops
 * @param batch articles that go through the network together
 * @param accumulation batches a step of the optimizer, 1 or more
 * @param learningRate of AdamW, above 0
 * @param weightDecay of AdamW
 * @param maxNorm gradients are clipped to
 * @param quantise whether an int8 export serves instead, if it decides on the validation articles as the full one does, as far as
 *     {@link io.hindcast.ml.bert.Int8Agreement} asks
 * @param device {@code cpu} or {@code cuda}
 */
public record TrlParameters(
        String preset,
        TrlBase base,
        int maxTokens,
        LoraShape lora,
        GrpoSettings grpo,
        WalkForward split,
        double feeRate,
        int epochs,
        int patience,
        int batch,
        int accumulation,
        double learningRate,
        double weightDecay,
        double maxNorm,
        boolean quantise,
        String device)
        implements TrainingParameters {

    /** FinBERT (Araci, FinBERT: financial sentiment analysis with pre-trained language models, 2019) at a pinned revision. */
    public static final TrlParameters FINBERT = new TrlParameters(
            "trl-finbert",
            TrlBase.Checkpoint.FINBERT,
            512,
            LoraShape.DEFAULT,
            GrpoSettings.DEFAULT,
            WalkForward.DEFAULT,
            0.001,
            20,
            5,
            12,
            1,
            2e-5,
            0.01,
            1,
            false,
            "cpu");

    /** A small encoder made here, where no published one can be had: two layers of width 64. */
    public static final TrlParameters SMALL = new TrlParameters(
            "trl-small",
            new TrlBase.Local(4_000, 2, 2, 64, 10, 32, 1e-3),
            128,
            LoraShape.DEFAULT,
            GrpoSettings.DEFAULT,
            WalkForward.DEFAULT,
            0.001,
            20,
            5,
            12,
            1,
            5e-4,
            0.01,
            1,
            false,
            "cpu");

    public TrlParameters {
        check("maxTokens", maxTokens, maxTokens >= 2, "2 or more");
        check("feeRate", feeRate, feeRate >= 0 && feeRate < 1, "from 0 to below 1");
        check("epochs", epochs, epochs >= 1, "1 or more");
        check("patience", patience, patience >= 1, "1 or more");
        check("batch", batch, batch >= 1, "1 or more");
        check("accumulation", accumulation, accumulation >= 1, "1 or more");
        check("learningRate", learningRate, learningRate > 0 && learningRate <= 1, "above 0 to 1");
        check("weightDecay", weightDecay, weightDecay >= 0 && weightDecay < 1, "from 0 to below 1");
        check("maxNorm", maxNorm, maxNorm > 0, "above 0");
    }

    private static void check(String name, double value, boolean ok, String expected) {
        if (!ok) {
            throw new IllegalArgumentException("TRL parameter " + name + " was " + value + ", expected " + expected);
        }
    }

    /** The preset of this name. */
    public static TrlParameters preset(String name) {
        for (TrlParameters preset : List.of(FINBERT, SMALL)) {
            if (preset.preset.equals(name)) {
                return preset;
            }
        }
        throw new IllegalArgumentException(
                "TRL preset '" + name + "' is not known, expected " + FINBERT.preset + " or " + SMALL.preset);
    }

    public TrlParameters withBase(TrlBase other) {
        return new TrlParameters(
                preset,
                other,
                maxTokens,
                lora,
                grpo,
                split,
                feeRate,
                epochs,
                patience,
                batch,
                accumulation,
                learningRate,
                weightDecay,
                maxNorm,
                quantise,
                device);
    }

    public TrlParameters withMaxTokens(int other) {
        return new TrlParameters(
                preset,
                base,
                other,
                lora,
                grpo,
                split,
                feeRate,
                epochs,
                patience,
                batch,
                accumulation,
                learningRate,
                weightDecay,
                maxNorm,
                quantise,
                device);
    }

    public TrlParameters withGrpo(GrpoSettings other) {
        return new TrlParameters(
                preset,
                base,
                maxTokens,
                lora,
                other,
                split,
                feeRate,
                epochs,
                patience,
                batch,
                accumulation,
                learningRate,
                weightDecay,
                maxNorm,
                quantise,
                device);
    }

    public TrlParameters withSplit(WalkForward other) {
        return new TrlParameters(
                preset,
                base,
                maxTokens,
                lora,
                grpo,
                other,
                feeRate,
                epochs,
                patience,
                batch,
                accumulation,
                learningRate,
                weightDecay,
                maxNorm,
                quantise,
                device);
    }

    /** These, for at most so many epochs, each step of the optimizer this long. */
    public TrlParameters withEpochs(int other, double rate) {
        return new TrlParameters(
                preset,
                base,
                maxTokens,
                lora,
                grpo,
                split,
                feeRate,
                other,
                patience,
                batch,
                accumulation,
                rate,
                weightDecay,
                maxNorm,
                quantise,
                device);
    }

    /** These, stopping after so many epochs without a better validation reward. */
    public TrlParameters withPatience(int other) {
        return new TrlParameters(
                preset,
                base,
                maxTokens,
                lora,
                grpo,
                split,
                feeRate,
                epochs,
                other,
                batch,
                accumulation,
                learningRate,
                weightDecay,
                maxNorm,
                quantise,
                device);
    }

    /** These, with so many batches of so many articles a step of the optimizer. */
    public TrlParameters withBatches(int articles, int batches) {
        return new TrlParameters(
                preset,
                base,
                maxTokens,
                lora,
                grpo,
                split,
                feeRate,
                epochs,
                patience,
                articles,
                batches,
                learningRate,
                weightDecay,
                maxNorm,
                quantise,
                device);
    }

    public TrlParameters withFeeRate(double other) {
        return new TrlParameters(
                preset,
                base,
                maxTokens,
                lora,
                grpo,
                split,
                other,
                epochs,
                patience,
                batch,
                accumulation,
                learningRate,
                weightDecay,
                maxNorm,
                quantise,
                device);
    }

    public TrlParameters withDevice(String other) {
        return new TrlParameters(
                preset,
                base,
                maxTokens,
                lora,
                grpo,
                split,
                feeRate,
                epochs,
                patience,
                batch,
                accumulation,
                learningRate,
                weightDecay,
                maxNorm,
                quantise,
                other);
    }

    public TrlParameters withQuantise(boolean other) {
        return new TrlParameters(
                preset,
                base,
                maxTokens,
                lora,
                grpo,
                split,
                feeRate,
                epochs,
                patience,
                batch,
                accumulation,
                learningRate,
                weightDecay,
                maxNorm,
                other,
                device);
    }

    @Override
    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put("preset", preset);
        base.addTo(map);
        grpo.addTo(map);
        map.put("maxTokens", String.valueOf(maxTokens));
        map.put("lora.rank", String.valueOf(lora.rank()));
        map.put("lora.alpha", String.valueOf(lora.alpha()));
        map.put("lora.dropout", String.valueOf(lora.dropout()));
        map.put("split.validationShare", String.valueOf(split.validationShare()));
        map.put("split.testShare", String.valueOf(split.testShare()));
        map.put("split.embargoBars", String.valueOf(split.embargoBars()));
        map.put("feeRate", String.valueOf(feeRate));
        map.put("epochs", String.valueOf(epochs));
        map.put("patience", String.valueOf(patience));
        map.put("batch", String.valueOf(batch));
        map.put("accumulation", String.valueOf(accumulation));
        map.put("learningRate", String.valueOf(learningRate));
        map.put("weightDecay", String.valueOf(weightDecay));
        map.put("maxNorm", String.valueOf(maxNorm));
        map.put("quantise", String.valueOf(quantise));
        map.put("device", device);
        return map;
    }
}
