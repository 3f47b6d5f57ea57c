package io.hindcast.ml.lightgbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.ml.Trained;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {

    private static final String TEXT = """
            tree
            version=v4
            num_class=3
            num_tree_per_iteration=3
            max_feature_idx=1
            objective=multiclass num_class:3

            Tree=0
            num_leaves=3
            num_cat=0
            split_feature=0 1
            threshold=-0.5 inf
            decision_type=2 8
            left_child=1 -1
            right_child=-3 -2
            leaf_value=0.1 0.2 0.3
            is_linear=0

            Tree=1
            num_leaves=1
            num_cat=0
            leaf_value=-1

            Tree=2
            num_leaves=2
            num_cat=0
            split_feature=1
            threshold=0.25
            decision_type=10
            left_child=-1
            right_child=-2
            leaf_value=1 2

            end of trees
            """;

    @Test
    void readsTheDirectionOfMissingValues() {
        TreeEnsemble ensemble = TreeEnsemble.parse(TEXT);
        assertThat(ensemble.trees()).hasSize(3);
        TreeEnsemble.Tree first = ensemble.trees().getFirst();
        assertThat(first.nodes()).isEqualTo(2);
        assertThat(first.missingLeft(0))
                .as("nothing was missing in training: NaN counts as 0, which is above -0.5")
                .isFalse();
        assertThat(first.missingLeft(1)).as("missing goes right").isFalse();
        assertThat(first.threshold(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(ensemble.trees().get(1).nodes()).isZero();
        assertThat(ensemble.trees().get(1).leaf(0)).isEqualTo(-1);
        assertThat(ensemble.trees().get(2).missingLeft(0))
                .as("missing goes left")
                .isTrue();
    }

    @Test
    void namesUnsupportedOrInvalidFields() {
        refused(TEXT.replace("objective=multiclass", "objective=binary"), "objective 'binary");
        refused(TEXT.replace("num_cat=0\nleaf_value=-1", "num_cat=1\nleaf_value=-1"), "tree 1 has categorical");
        refused(TEXT.replace("decision_type=10", "decision_type=6"), "tree 2 has decision type 6");
        refused(TEXT.replace("split_feature=0 1", "split_feature=0 7"), "feature 7");
        refused(TEXT.replace("left_child=1 -1", "left_child=0 -1"), "node 0 has child 0");
        refused(TEXT.replace("leaf_value=1 2", "leaf_value=1"), "1 values of leaf_value");
        refused(TEXT.replace("threshold=0.25", "threshold=abc"), "abc");
        refused(TEXT.replace("max_feature_idx=1\n", ""), "max_feature_idx");
        refused("rubbish", "num_class");
    }

    @Test
    void rejectsTruncatedModel() {
        String whole = new String(Trained.MODEL.bundle(Trained.POSITION).nativeModel(), StandardCharsets.UTF_8);
        int end = whole.indexOf("end of trees");
        for (int i = 1; i <= 20; i++) {
            String cut = whole.substring(0, (int) ((long) end * i / 20));
            assertThatThrownBy(() -> TreeEnsemble.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> TreeEnsemble.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
