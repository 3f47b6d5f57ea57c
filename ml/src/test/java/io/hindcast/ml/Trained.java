package io.hindcast.ml;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.LogPosition;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.feature.KnownBar;
import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.lightgbm.LightGbmTrainer;
import io.hindcast.ml.train.EvaluationSettings;
import io.hindcast.ml.train.StoppingRule;
import io.hindcast.ml.train.TrainedModel;
import io.hindcast.ml.train.TrainingControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A small real training that several tests share, on bars with a gap so that values are missing. */
public final class Trained {

    public static final LightGbmParameters PARAMETERS = new LightGbmParameters(
            EvaluationSettings.DEFAULT,
            new StoppingRule(40, 10),
            new LightGbmParameters.Trees(15, 20, 0.8, 0.8, 1),
            0.1,
            0.5,
            1);

    public static final Dataset DATASET = dataset(6000, 21);

    public static final TrainedModel MODEL = new LightGbmTrainer().train(DATASET, PARAMETERS, 42, TrainingControl.NONE);

    public static final LogPosition POSITION = new LogPosition("BTCUSDT:1m:2024-03-08", 3);

    private Trained() {}

    public static Dataset dataset(int bars, long seed) {
        List<KnownBar> known =
                new ArrayList<>(RandomMarket.asHistory(RandomMarket.bars(RandomMarket.MIDNIGHT, bars, seed)));
        known.subList(bars / 2, bars / 2 + 7).clear();
        return new DatasetBuilder(FeatureSet.priceV1(), LabelSpec.DEFAULT)
                .build(
                        known,
                        Instant.ofEpochMilli(RandomMarket.MIDNIGHT),
                        Instant.ofEpochMilli(RandomMarket.MIDNIGHT + (bars - 1) * RandomMarket.MINUTE));
    }
}
