package io.hindcast.ml.explain;

import io.hindcast.api.model.ModelFamily;
import io.hindcast.ml.evaluate.ScoredRows;
import io.hindcast.ml.explain.Importance.Value;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.lightgbm.SplitGains;
import io.hindcast.ml.model.ModelBundle;
import io.hindcast.ml.score.Scorer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Measures the importance of a model's inputs, by the method that suits its family: gain for LightGBM, occlusion for
 * TST and TRL.
 */
public final class Importances {

    private static final int MOST_ROWS = 1_000;
    private static final int LEAST_ROWS = 250;

    private Importances() {}

    /** Returns the number of steps that {@link #of} reports. */
    public static int steps(ModelBundle bundle) {
        return bundle.family() == ModelFamily.TST
                ? Occlusion.occlusions(
                        FeatureSet.of(bundle.rows().source()), bundle.rows().bars())
                : 1;
    }

    /**
     * Measures the importance of a model's inputs.
     *
     * @param scorer of the bundle
     * @param done called on the caller's thread with the number of {@link #steps} done, every few seconds at least; it
     *     may throw to cancel
     */
    public static List<Importance> of(ModelBundle bundle, Scorer scorer, ScoredRows scored, IntConsumer done) {
        return switch (bundle.family()) {
            case LIGHTGBM -> List.of(gain(bundle));
            case TST -> {
                Occlusion occlusion = new Occlusion(
                        scorer,
                        FeatureSet.of(bundle.rows().source()),
                        bundle.rows().bars(),
                        scored.samples(),
                        scored.rows(),
                        Math.clamp(scored.size() / 4, LEAST_ROWS, MOST_ROWS),
                        done);
                yield List.of(occlusion.features(), occlusion.bars());
            }
            case TRL -> List.of(new WordImportance(bundle, scorer).importance(scored, done));
        };
    }

    private static Importance gain(ModelBundle bundle) {
        List<String> names = FeatureSet.of(bundle.rows().source()).names();
        double[] gains = SplitGains.byFeature(new String(bundle.nativeModel(), StandardCharsets.UTF_8), names.size());
        double all = Arrays.stream(gains).sum();
        List<Value> values = new ArrayList<>();
        for (int f = 0; f < gains.length; f++) {
            values.add(new Value(names.get(f), all == 0 ? 0 : 100 * gains[f] / all));
        }
        values.sort(Comparator.comparingDouble(Value::amount).reversed());
        return new Importance(
                "Importance of features",
                "Gain: how much the splits on a feature reduced the training loss, summed over all trees.",
                "% of all gain",
                values);
    }
}
