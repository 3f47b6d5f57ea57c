package io.hindcast.ml.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BertNetworkTest {

    private static final BertShape SHAPE = BertShape.small(50, 12, 2, 2, 16);

    private static BertNetwork fresh(NDManager manager, long seed) {
        Weights weights = new Weights(manager);
        BertNetwork.initialise(SHAPE, weights, new java.util.SplittableRandom(seed));
        return new BertNetwork(SHAPE, weights);
    }

    @Test
    void aTextScoresTheSameAloneAndInABatch() {
        try (NDManager manager = Torch.manager("cpu")) {
            BertNetwork network = fresh(manager, 3);
            int[] brief = {2, 7, 9, 3};
            int[] longer = {2, 7, 9, 11, 12, 13, 14, 3};
            float[] alone = network.probabilities(List.of(brief));
            float[] together = network.probabilities(List.of(brief, longer));
            assertThat(Arrays.copyOf(together, 3)).containsExactly(alone, Offset.offset(1e-6f));
            assertThat(Arrays.copyOfRange(together, 3, 6)).isNotEqualTo(Arrays.copyOf(together, 3));
        }
    }

    @Test
    void theSameSeedInitialisesTheSameWeights() {
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = fresh(manager, 5).weights();
            assertThat(weights.names())
                    .containsExactlyElementsOf(SHAPE.weights().keySet());
            assertThat(weights.trained()).isEmpty();
            assertThat(fresh(manager, 5).weights().toSafetensors()).isEqualTo(weights.toSafetensors());
            assertThat(fresh(manager, 6).weights().toSafetensors()).isNotEqualTo(weights.toSafetensors());
        }
    }

    @Test
    void aStepLeavesNoArraysBehind() {
        try (NDManager manager = Torch.manager("cpu")) {
            BertNetwork network = fresh(manager, 2);
            int before = manager.getManagedArrays().size();
            try (NDManager step = manager.newSubManager()) {
                network.logits(TokenBatch.of(step, List.of(new int[] {2, 9, 3}, new int[] {2, 3}), 0), 0.1f);
                assertThat(manager.getManagedArrays().size()).isGreaterThan(before);
            }
            assertThat(manager.getManagedArrays().size()).isEqualTo(before);
        }
    }

    @Test
    void rejectsATextLongerThanThePositions() {
        try (NDManager manager = Torch.manager("cpu")) {
            BertNetwork network = fresh(manager, 1);
            assertThatThrownBy(() -> network.probabilities(List.of(new int[13])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("13 tokens")
                    .hasMessageContaining("12");
        }
    }
}
