package io.hindcast.ml.trl;

import io.hindcast.ml.torch.OptimizerSettings;
import io.hindcast.ml.train.EvaluationSettings;
import io.hindcast.ml.train.NamedParameters;
import io.hindcast.ml.train.StoppingRule;
import io.hindcast.ml.train.TrainingParameters;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parameters of a TRL training.
 *
 * @param preset name of the preset from which these parameters derive, for people
 * @param base encoder that is tuned
 * @param maxTokens most tokens of a text, 2 or more
 * @param lora shape of the adapters
 * @param grpo how the policy is optimised
 * @param schedule epochs and steps
 * @param engine device of the training and form of the export
 */
public record TrlParameters(
        String preset,
        BaseEncoder base,
        int maxTokens,
        LoraShape lora,
        GrpoSettings grpo,
        TrlSchedule schedule,
        EvaluationSettings evaluation,
        Engine engine)
        implements TrainingParameters {

    /**
     * Device of the training and form of the export.
     *
     * @param device {@code cpu} or {@code cuda}
     * @param quantise whether an int8 export serves in place of the full one, provided that it decides like the full
     *     one on the validation articles, by the measure of {@link io.hindcast.ml.bert.Int8Agreement}
     */
    public record Engine(String device, boolean quantise) {

        static final Engine DEFAULT = new Engine("cpu", false);
    }

    /**
     * FinBERT (Araci, FinBERT: financial sentiment analysis with pre-trained language models, 2019) at a pinned
     * revision. Adapters are in every layer, so a step keeps the activations of all of them: twelve long texts take
     * several gigabytes. Fewer texts at a time, accumulated ({@link #withBatches}), make the same step in less memory.
     */
    public static final TrlParameters FINBERT = new TrlParameters(
            "trl-finbert",
            BaseEncoder.Checkpoint.FINBERT,
            512,
            LoraShape.DEFAULT,
            GrpoSettings.DEFAULT,
            new TrlSchedule(
                    new StoppingRule(20, 5),
                    new TrlSchedule.Supervision(3, 5e-4),
                    12,
                    1,
                    new OptimizerSettings(2e-5, 0.01, 1)),
            EvaluationSettings.DEFAULT,
            Engine.DEFAULT);

    /** A small encoder made locally, where no published one is available: two layers of width 64. */
    public static final TrlParameters SMALL = new TrlParameters(
            "trl-small",
            new BaseEncoder.Local(4_000, 2, 2, 64, 10, 32, 1e-3),
            128,
            LoraShape.DEFAULT,
            GrpoSettings.DEFAULT,
            new TrlSchedule(
                    new StoppingRule(20, 5),
                    new TrlSchedule.Supervision(4, 2e-3),
                    12,
                    1,
                    new OptimizerSettings(5e-4, 0.01, 1)),
            EvaluationSettings.DEFAULT,
            Engine.DEFAULT);

    public TrlParameters {
        check("maxTokens", maxTokens, maxTokens >= 2, "2 or more");
    }

    static void check(String name, double value, boolean valid, String expected) {
        TrainingParameters.check("TRL parameter " + name, value, valid, expected);
    }

    /**
     * Returns the preset of this name.
     *
     * @throws IllegalArgumentException if there is none, naming those that there are
     */
    public static TrlParameters preset(String name) {
        for (TrlParameters preset : List.of(FINBERT, SMALL)) {
            if (preset.preset.equals(name)) {
                return preset;
            }
        }
        throw new IllegalArgumentException(
                "TRL preset '" + name + "' is not known, expected " + FINBERT.preset + " or " + SMALL.preset);
    }

    /** Returns a copy that begins with another encoder. */
    public TrlParameters withBase(BaseEncoder other) {
        return new TrlParameters(preset, other, maxTokens, lora, grpo, schedule, evaluation, engine);
    }

    /** Returns a copy that cuts texts to another length. */
    public TrlParameters withMaxTokens(int other) {
        return new TrlParameters(preset, base, other, lora, grpo, schedule, evaluation, engine);
    }

    /** Returns a copy with other adapters. */
    public TrlParameters withLora(LoraShape other) {
        return new TrlParameters(preset, base, maxTokens, other, grpo, schedule, evaluation, engine);
    }

    /** Returns a copy with another optimisation of the policy. */
    public TrlParameters withGrpo(GrpoSettings other) {
        return new TrlParameters(preset, base, maxTokens, lora, other, schedule, evaluation, engine);
    }

    /** Returns a copy with another reward. */
    public TrlParameters withReward(Reward other) {
        return withGrpo(grpo.withReward(other));
    }

    /** Returns a copy with another schedule. */
    public TrlParameters withSchedule(TrlSchedule other) {
        return new TrlParameters(preset, base, maxTokens, lora, grpo, other, evaluation, engine);
    }

    /** Returns a copy with another limit of epochs. */
    public TrlParameters withEpochs(int epochs) {
        return withEpochs(epochs, schedule.optimizer().learningRate());
    }

    /** Returns a copy with another limit of epochs and another learning rate under GRPO. */
    public TrlParameters withEpochs(int epochs, double learningRate) {
        return withSchedule(schedule.withEpochs(epochs, learningRate));
    }

    /** Returns a copy that stops after so many epochs without improvement. */
    public TrlParameters withPatience(int epochs) {
        return withSchedule(schedule.withPatience(epochs));
    }

    /** Returns a copy with other batches: articles in each, and how many are accumulated for a step. */
    public TrlParameters withBatches(int articles, int batches) {
        return withSchedule(schedule.withBatches(articles, batches));
    }

    /** Returns a copy with another split and fee rate. */
    public TrlParameters withEvaluation(EvaluationSettings other) {
        return new TrlParameters(preset, base, maxTokens, lora, grpo, schedule, other, engine);
    }

    /** Returns a copy that trains on another device. */
    public TrlParameters withDevice(String other) {
        return withEngine(new Engine(other, engine.quantise()));
    }

    /** Returns a copy that is, or is not, served by an int8 export. */
    public TrlParameters withQuantise(boolean other) {
        return withEngine(new Engine(engine.device(), other));
    }

    private TrlParameters withEngine(Engine other) {
        return new TrlParameters(preset, base, maxTokens, lora, grpo, schedule, evaluation, other);
    }

    @Override
    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put("preset", preset);
        base.addTo(map);
        grpo.addTo(map);
        schedule.addTo(map);
        evaluation.addTo(map);
        map.put("maxTokens", String.valueOf(maxTokens));
        map.put("lora.rank", String.valueOf(lora.rank()));
        map.put("lora.alpha", String.valueOf(lora.alpha()));
        map.put("lora.dropout", String.valueOf(lora.dropout()));
        map.put("quantise", String.valueOf(engine.quantise()));
        map.put("device", engine.device());
        return map;
    }

    /**
     * Returns the parameters that {@link #toMap} wrote.
     *
     * @throws IllegalArgumentException if one is missing or has no valid value
     */
    public static TrlParameters of(Map<String, String> map) {
        NamedParameters named = new NamedParameters(map);
        return new TrlParameters(
                named.text("preset"),
                BaseEncoder.of(named),
                named.whole("maxTokens"),
                new LoraShape(named.whole("lora.rank"), named.number("lora.alpha"), named.number("lora.dropout")),
                GrpoSettings.of(named),
                TrlSchedule.of(named),
                named.evaluation(),
                new Engine(named.text("device"), named.flag("quantise")));
    }
}
