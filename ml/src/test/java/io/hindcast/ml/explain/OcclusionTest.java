package io.hindcast.ml.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.RandomMarket;
import io.hindcast.ml.dataset.Dataset;
import io.hindcast.ml.dataset.DatasetBuilder;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.explain.Importance.Value;
import io.hindcast.ml.feature.FeatureSet;
import io.hindcast.ml.score.Scorer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OcclusionTest {

    private static final FeatureSet FEATURES = FeatureSet.priceV1();
    private static final int BARS = 4;
    private static final Dataset WINDOWS = new DatasetBuilder(FEATURES, LabelSpec.DEFAULT, BARS)
            .build(
                    RandomMarket.asHistory(RandomMarket.bars(RandomMarket.MIDNIGHT, 1_200, 8)),
                    Instant.ofEpochMilli(RandomMarket.MIDNIGHT),
                    Instant.ofEpochMilli(RandomMarket.MIDNIGHT + 1_199 * RandomMarket.MINUTE));

    /** Predicts mean reversion from the last return of the window's last bar, and uniform probabilities without it. */
    private static final class PullsBack implements Scorer {
        @Override
        public ScorerSpec spec() {
            return new ScorerSpec("test", "1");
        }

        @Override
        public int inputs() {
            return BARS * FEATURES.size();
        }

        @Override
        public void score(double[] rows, int n, double[] out) {
            for (int row = 0; row < n; row++) {
                double change = rows[row * inputs() + (BARS - 1) * FEATURES.size()];
                double buy = Double.isNaN(change) ? 0.4 : change < 0 ? 0.6 : 0.2;
                out[3 * row] = 0.8 - buy;
                out[3 * row + 1] = 0.2;
                out[3 * row + 2] = buy;
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void onlyInputsThatAModelUsesAreImportant() {
        List<Integer> reported = new ArrayList<>();
        Occlusion occlusion = new Occlusion(
                new PullsBack(), FEATURES, BARS, WINDOWS, new RowRange(100, WINDOWS.rows()), 500, reported::add);
        List<Value> features = occlusion.features().values();
        assertThat(features).hasSize(FEATURES.size());
        assertThat(features.getFirst().name()).isEqualTo("ret_1");
        assertThat(features.getFirst().amount()).isGreaterThan(10);
        assertThat(features.subList(1, features.size())).allMatch(value -> value.amount() == 0);
        assertThat(occlusion.bars().values()).extracting(Value::name).containsExactly("−3", "−2", "−1", "0");
        assertThat(occlusion.bars().values().getLast().amount())
                .isEqualTo(features.getFirst().amount());
        assertThat(reported).startsWith(1, 2, 3).hasSize(FEATURES.size() + 2 * BARS);
        assertThat(Occlusion.occlusions(FEATURES, BARS)).isEqualTo(FEATURES.size() + BARS);
    }

    @Test
    void groupsTheBarsOfLongWindows() {
        assertThat(Occlusion.occlusions(FEATURES, 128)).isEqualTo(FEATURES.size() + 16);
        assertThat(Occlusion.occlusions(FEATURES, 30)).isEqualTo(FEATURES.size() + 15);
    }
}
