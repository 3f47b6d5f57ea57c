package io.hindcast.ml.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.ml.Trained;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SplitGainsTest {

    @Test
    void sumsGainsByFeatureOverAllTrees() {
        String text = """
                tree

                Tree=0
                split_feature=2 0
                split_gain=1.5 2
                Tree=1
                num_leaves=1
                split_feature=
                split_gain=
                Tree=2
                split_feature=2
                split_gain=1e+1
                """;
        assertThat(SplitGains.byFeature(text, 4)).containsExactly(2, 0, 11.5, 0);
    }

    @Test
    void exactlyTheFeaturesInSplitsHaveGain() {
        String text = new String(Trained.MODEL.bundle(Trained.POSITION).nativeModel(), StandardCharsets.UTF_8);
        TreeEnsemble trees = TreeEnsemble.parse(text);
        boolean[] asked = new boolean[trees.features()];
        for (TreeEnsemble.Tree tree : trees.trees()) {
            for (int node = 0; node < tree.nodes(); node++) {
                asked[tree.feature(node)] = true;
            }
        }
        double[] gains = SplitGains.byFeature(text, trees.features());
        for (int f = 0; f < gains.length; f++) {
            assertThat(gains[f] > 0).as("feature %s", f).isEqualTo(asked[f]);
        }
    }

    @Test
    void rejectsInconsistentText() {
        assertThatThrownBy(() -> SplitGains.byFeature("tree\nTree=0\nsplit_feature=0 1\nsplit_gain=1\n", 2))
                .hasMessageContaining("1 values of split_gain, expected 2");
        assertThatThrownBy(() -> SplitGains.byFeature("tree\nTree=0\nsplit_feature=7\nsplit_gain=1\n", 2))
                .hasMessageContaining("feature 7, expected 0 to 1");
    }
}
