package io.hindcast.ml.trl;

import io.hindcast.ml.dataset.ChronologicalSplitter;
import io.hindcast.ml.train.TrainingParameters;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters of a TRL training.
 *
 * @param preset name of what these began as, for people
 * @param base encoder it begins with
 * @param maxTokens of a text, 2 or more
 * @param lora shape of the adapters
 * @param grpo how the policy is optimised
 * @param schedule epochs and steps
 * @param judging how the samples are split and trades are charged
 * @param engine where it is trained and as what it is served
 */
public record TrlParameters(
        String preset,
        TrlBase base,
        int maxTokens,
        LoraShape lora,
        GrpoSettings grpo,
        TrlSchedule schedule,
        Judging judging,
        Engine engine)
        implements TrainingParameters {

    /**
     * The split of the samples and the cost of a trade.
     *
     * @param split how the samples are cut
     * @param feeRate fraction of the traded amount that the evaluation charges per trade
     */
    public record Judging(ChronologicalSplitter split, double feeRate) {

        static final Judging DEFAULT = new Judging(ChronologicalSplitter.DEFAULT, 0.001);

        public Judging {
            check("feeRate", feeRate, feeRate >= 0 && feeRate < 1, "from 0 to below 1");
        }
    }

    /**
     * The device, and the form of the export.
     *
     * @param device {@code cpu} or {@code cuda}
     * @param quantise whether an int8 export serves instead, if it decides on the validation articles as the full one
     *     does, as far as {@link io.hindcast.ml.bert.Int8Agreement} asks
     */
    public record Engine(String device, boolean quantise) {

        static final Engine DEFAULT = new Engine("cpu", false);
    }

    /**
     * FinBERT (Araci, FinBERT: financial sentiment analysis with pre-trained language models, 2019) at a pinned
     * revision. Adapters are in every layer, so a step keeps what all of them made of its texts: twelve long ones want
     * several gigabytes. Fewer at a time, gathered ({@link #withBatches}), make the same step of less.
     */
    public static final TrlParameters FINBERT = new TrlParameters(
            "trl-finbert",
            TrlBase.Checkpoint.FINBERT,
            512,
            LoraShape.DEFAULT,
            GrpoSettings.DEFAULT,
            new TrlSchedule(20, 3, 5e-4, 5, 12, 1, new TrlSchedule.Optimizer(2e-5, 0.01, 1)),
            Judging.DEFAULT,
            Engine.DEFAULT);

    /** A small encoder made here, where no published one can be had: two layers of width 64. */
    public static final TrlParameters SMALL = new TrlParameters(
            "trl-small",
            new TrlBase.Local(4_000, 2, 2, 64, 10, 32, 1e-3),
            128,
            LoraShape.DEFAULT,
            GrpoSettings.DEFAULT,
            new TrlSchedule(20, 4, 2e-3, 5, 12, 1, new TrlSchedule.Optimizer(5e-4, 0.01, 1)),
            Judging.DEFAULT,
            Engine.DEFAULT);

    public TrlParameters {
        check("maxTokens", maxTokens, maxTokens >= 2, "2 or more");
    }

    static void check(String name, double value, boolean ok, String expected) {
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

    @Override
    public ChronologicalSplitter split() {
        return judging.split();
    }

    @Override
    public double feeRate() {
        return judging.feeRate();
    }

    public TrlParameters withBase(TrlBase other) {
        return new TrlParameters(preset, other, maxTokens, lora, grpo, schedule, judging, engine);
    }

    public TrlParameters withMaxTokens(int other) {
        return new TrlParameters(preset, base, other, lora, grpo, schedule, judging, engine);
    }

    public TrlParameters withLora(LoraShape other) {
        return new TrlParameters(preset, base, maxTokens, other, grpo, schedule, judging, engine);
    }

    public TrlParameters withGrpo(GrpoSettings other) {
        return new TrlParameters(preset, base, maxTokens, lora, other, schedule, judging, engine);
    }

    /** Returns a copy with another reward. */
    public TrlParameters withReward(Reward other) {
        return withGrpo(grpo.withReward(other));
    }

    public TrlParameters withSchedule(TrlSchedule other) {
        return new TrlParameters(preset, base, maxTokens, lora, grpo, other, judging, engine);
    }

    /** Returns a copy with so many epochs at most. */
    public TrlParameters withEpochs(int other) {
        return withEpochs(other, schedule.optimizer().learningRate());
    }

    /** Returns a copy with so many epochs at most, the steps of the optimizer under GRPO this long. */
    public TrlParameters withEpochs(int other, double rate) {
        return withSchedule(schedule.withEpochs(other, rate));
    }

    /** Returns a copy that stops after so many epochs without a better one. */
    public TrlParameters withPatience(int other) {
        return withSchedule(schedule.withPatience(other));
    }

    /** Returns a copy with so many batches of so many articles a step of the optimizer. */
    public TrlParameters withBatches(int articles, int batches) {
        return withSchedule(schedule.withBatches(articles, batches));
    }

    public TrlParameters withSplit(ChronologicalSplitter other) {
        return withJudging(new Judging(other, judging.feeRate()));
    }

    public TrlParameters withFeeRate(double other) {
        return withJudging(new Judging(judging.split(), other));
    }

    private TrlParameters withJudging(Judging other) {
        return new TrlParameters(preset, base, maxTokens, lora, grpo, schedule, other, engine);
    }

    public TrlParameters withDevice(String other) {
        return withEngine(new Engine(other, engine.quantise()));
    }

    public TrlParameters withQuantise(boolean other) {
        return withEngine(new Engine(engine.device(), other));
    }

    private TrlParameters withEngine(Engine other) {
        return new TrlParameters(preset, base, maxTokens, lora, grpo, schedule, judging, other);
    }

    @Override
    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put("preset", preset);
        base.addTo(map);
        grpo.addTo(map);
        schedule.addTo(map);
        map.put("maxTokens", String.valueOf(maxTokens));
        map.put("lora.rank", String.valueOf(lora.rank()));
        map.put("lora.alpha", String.valueOf(lora.alpha()));
        map.put("lora.dropout", String.valueOf(lora.dropout()));
        map.put("split.validationShare", String.valueOf(split().validationShare()));
        map.put("split.testShare", String.valueOf(split().testShare()));
        map.put("split.embargoBars", String.valueOf(split().embargoBars()));
        map.put("feeRate", String.valueOf(feeRate()));
        map.put("quantise", String.valueOf(engine.quantise()));
        map.put("device", engine.device());
        return map;
    }
}
