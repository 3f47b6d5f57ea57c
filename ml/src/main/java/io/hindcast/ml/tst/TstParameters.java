package io.hindcast.ml.tst;

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
 * Parameters of a TST training.
 *
 * @param preset name of the preset from which these parameters derive, for people
 * @param shape of the network
 * @param schedule epochs and batches
 * @param dropout share of numbers dropped in training, from 0 to below 1
 * @param classBalance exponent of the class weights, 0 to 1, as {@link io.hindcast.ml.train.ClassWeights} applies it
 * @param device {@code cpu} or {@code cuda}
 */
public record TstParameters(
        String preset,
        TstShape shape,
        EvaluationSettings evaluation,
        Schedule schedule,
        OptimizerSettings optimizer,
        double dropout,
        double classBalance,
        String device)
        implements TrainingParameters {

    /**
     * Epochs and batches.
     *
     * @param stopping a round is an epoch
     * @param stepsPerEpoch most batches of an epoch: on a long dataset an epoch is a part of it, drawn anew each time
     * @param batch windows in a batch
     * @param validationRows most rows, evenly spaced, on which the validation loss is computed
     */
    public record Schedule(StoppingRule stopping, int stepsPerEpoch, int batch, int validationRows) {

        static final Schedule DEFAULT = new Schedule(new StoppingRule(30, 4), 500, 96, 8_000);

        public Schedule {
            check("stepsPerEpoch", stepsPerEpoch, stepsPerEpoch >= 1, "1 or more");
            check("batch", batch, batch >= 1, "1 or more");
            check("validationRows", validationRows, validationRows >= 1, "1 or more");
        }
    }

    /** Thirty bars, each a token, two layers of width 64: small and quick. */
    public static final TstParameters SMALL = new TstParameters(
            "tst-small",
            new TstShape(30, 0, 2, 2, 64, 128),
            EvaluationSettings.DEFAULT,
            Schedule.DEFAULT,
            new OptimizerSettings(1e-3, 0, 1),
            0.1,
            0.5,
            "cpu");

    /**
     * 128 bars in overlapping patches of 16, each window normalised by itself (Nie et al., A time series is worth 64
     * words: long-term forecasting with transformers, 2023). Unlike there a patch holds all features: they are many and
     * belong together, and one sequence per feature would multiply the cost by their number.
     */
    public static final TstParameters PATCH = new TstParameters(
            "tst-patch",
            new TstShape(128, 16, 3, 4, 64, 128),
            EvaluationSettings.DEFAULT,
            Schedule.DEFAULT,
            new OptimizerSettings(5e-4, 0.01, 1),
            0.2,
            0.5,
            "cpu");

    public TstParameters {
        check("dropout", dropout, dropout >= 0 && dropout < 1, "from 0 to below 1");
        check("classBalance", classBalance, classBalance >= 0 && classBalance <= 1, "0 to 1");
    }

    private static void check(String name, double value, boolean valid, String expected) {
        TrainingParameters.check("TST parameter " + name, value, valid, expected);
    }

    /**
     * Returns the preset of this name.
     *
     * @throws IllegalArgumentException if there is none, naming those that there are
     */
    public static TstParameters preset(String name) {
        for (TstParameters preset : List.of(SMALL, PATCH)) {
            if (preset.preset.equals(name)) {
                return preset;
            }
        }
        throw new IllegalArgumentException(
                "TST preset '" + name + "' is not known, expected " + SMALL.preset + " or " + PATCH.preset);
    }

    /** Returns a copy with another network. */
    public TstParameters withShape(TstShape other) {
        return new TstParameters(preset, other, evaluation, schedule, optimizer, dropout, classBalance, device);
    }

    /** Returns a copy with another split and fee rate. */
    public TstParameters withEvaluation(EvaluationSettings other) {
        return new TstParameters(preset, shape, other, schedule, optimizer, dropout, classBalance, device);
    }

    /** Returns a copy with other limits of epochs, and of batches in an epoch. */
    public TstParameters withEpochs(int epochs, int stepsPerEpoch) {
        Schedule other = new Schedule(
                schedule.stopping.withMaxRounds(epochs), stepsPerEpoch, schedule.batch, schedule.validationRows);
        return new TstParameters(preset, shape, evaluation, other, optimizer, dropout, classBalance, device);
    }

    /** Returns a copy that trains on another device. */
    public TstParameters withDevice(String other) {
        return new TstParameters(preset, shape, evaluation, schedule, optimizer, dropout, classBalance, other);
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
        evaluation.addTo(map);
        map.put("epochs", String.valueOf(schedule.stopping.maxRounds()));
        map.put("patience", String.valueOf(schedule.stopping.patience()));
        map.put("stepsPerEpoch", String.valueOf(schedule.stepsPerEpoch));
        map.put("batch", String.valueOf(schedule.batch));
        map.put("validationRows", String.valueOf(schedule.validationRows));
        optimizer.addTo(map);
        map.put("dropout", String.valueOf(dropout));
        map.put("classBalance", String.valueOf(classBalance));
        map.put("device", device);
        return map;
    }

    /**
     * Returns the parameters that {@link #toMap} wrote.
     *
     * @throws IllegalArgumentException if one is missing or has no valid value
     */
    public static TstParameters of(Map<String, String> map) {
        NamedParameters named = new NamedParameters(map);
        return new TstParameters(
                named.text("preset"),
                new TstShape(
                        named.whole("shape.bars"),
                        named.whole("shape.patch"),
                        named.whole("shape.layers"),
                        named.whole("shape.heads"),
                        named.whole("shape.width"),
                        named.whole("shape.inner")),
                named.evaluation(),
                new Schedule(
                        named.stopping("epochs"),
                        named.whole("stepsPerEpoch"),
                        named.whole("batch"),
                        named.whole("validationRows")),
                OptimizerSettings.of(named),
                named.number("dropout"),
                named.number("classBalance"),
                named.text("device"));
    }
}
