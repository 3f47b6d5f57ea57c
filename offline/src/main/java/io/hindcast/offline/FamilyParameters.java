package io.hindcast.offline;

import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.trl.BaseEncoder;
import io.hindcast.ml.trl.Reward;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.tst.TstParameters;

/** Derives each family's parameters from the options of a training. */
final class FamilyParameters {

    private FamilyParameters() {}

    static LightGbmParameters lightGbm(TrainingSpec spec) {
        LightGbmParameters defaults = LightGbmParameters.DEFAULT;
        Integer rounds = spec.limits().rounds();
        return defaults.withEvaluation(defaults.evaluation().withFeeRate(spec.feeRate()))
                .withRounds(rounds == null ? defaults.stopping().maxRounds() : rounds)
                .withThreads(spec.engine().threads());
    }

    static TstParameters tst(TrainingSpec spec) {
        String preset = spec.start().preset();
        TstParameters defaults = preset == null ? TstParameters.SMALL : TstParameters.preset(preset);
        TstParameters.Schedule schedule = defaults.schedule();
        Integer rounds = spec.limits().rounds();
        Integer steps = spec.limits().steps();
        return defaults.withEvaluation(defaults.evaluation().withFeeRate(spec.feeRate()))
                .withEpochs(
                        rounds == null ? schedule.stopping().maxRounds() : rounds,
                        steps == null ? schedule.stepsPerEpoch() : steps)
                .withDevice(spec.engine().device());
    }

    static TrlParameters trl(TrainingSpec spec) {
        TrainingSpec.Start start = spec.start();
        TrlParameters defaults = start.preset() == null ? TrlParameters.FINBERT : TrlParameters.preset(start.preset());
        if (start.base() != null) {
            String[] parts = start.base().split("@", 2);
            defaults = defaults.withBase(new BaseEncoder.Checkpoint(parts[0], parts.length == 2 ? parts[1] : "main"));
        }
        if (start.reward() != null) {
            defaults = defaults.withReward(Reward.named(start.reward()));
        }
        Integer rounds = spec.limits().rounds();
        return defaults.withEvaluation(defaults.evaluation().withFeeRate(spec.feeRate()))
                .withEpochs(rounds == null ? defaults.schedule().stopping().maxRounds() : rounds)
                .withDevice(spec.engine().device());
    }
}
