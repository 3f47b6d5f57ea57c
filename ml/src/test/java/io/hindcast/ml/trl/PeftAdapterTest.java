package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.TokenBatch;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PeftAdapterTest {

    private static float[] logits(BertNetwork network, NDManager manager) {
        return network.logits(
                        TokenBatch.of(
                                manager,
                                ReferenceFixture.tokens(),
                                network.shape().padding()),
                        0)
                .toFloatArray();
    }

    /** Returns the reference's values in our class order. */
    private static float[] expected(String name) {
        double[] theirs =
                ReferenceFixture.numbers(ReferenceFixture.json("expected.json").get(name));
        float[] ours = new float[theirs.length];
        for (int i = 0; i < ours.length; i++) {
            ours[i] = (float) theirs[i / 3 * 3 + ReferenceFixture.ORDER.rows()[i % 3]];
        }
        return ours;
    }

    @Test
    void anAdapterOfTheReferenceImplementationReproducesItsLogits() {
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = ReferenceFixture.weights(manager);
            Lora lora = ReferenceFixture.adapter(weights);
            BertNetwork network = new BertNetwork(ReferenceFixture.shape(), weights, lora.projection(0));
            assertThat(logits(network, manager)).containsExactly(expected("logitsWithAdapter"), Offset.offset(1e-5f));
        }
    }

    @Test
    void theMergedNetworkGivesTheSameScores() {
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = ReferenceFixture.weights(manager);
            Lora lora = ReferenceFixture.adapter(weights);
            Weights merged = new Weights(manager);
            lora.merged().forEach((name, value) -> merged.put(name, value.numbers(), value.shape()));
            assertThat(merged.names())
                    .containsExactlyInAnyOrderElementsOf(
                            ReferenceFixture.shape().weights().keySet());
            float[] actual = logits(new BertNetwork(ReferenceFixture.shape(), merged), manager);
            assertThat(actual).containsExactly(expected("logitsMerged"), Offset.offset(1e-5f));
            assertThat(actual)
                    .containsExactly(
                            logits(new BertNetwork(ReferenceFixture.shape(), weights, lora.projection(0)), manager),
                            Offset.offset(1e-5f));
        }
    }

    @Test
    void readsBackItsFilesExactly() {
        try (NDManager manager = Torch.manager("cpu")) {
            PeftAdapter adapter = PeftAdapter.of(ReferenceFixture.adapter(ReferenceFixture.weights(manager)));
            byte[] model = adapter.model(ReferenceFixture.ORDER);
            PeftAdapter read = PeftAdapter.read(adapter.config("tiny"), model, ReferenceFixture.ORDER);
            assertThat(read.shape()).isEqualTo(new LoraShape(4, 32, 0.1));
            assertThat(read.model(ReferenceFixture.ORDER)).isEqualTo(model);
            assertThat(Weights.fromSafetensors(model))
                    .usingRecursiveComparison()
                    .isEqualTo(Weights.fromSafetensors(ReferenceFixture.bytes("adapter/" + PeftAdapter.MODEL)));
        }
    }

    @Test
    void aNewAdapterChangesNothing() {
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = ReferenceFixture.weights(manager);
            float[] before = logits(new BertNetwork(ReferenceFixture.shape(), weights), manager);
            Lora lora = Lora.add(LoraShape.DEFAULT, weights, new SplittableRandom(3));
            assertThat(logits(new BertNetwork(ReferenceFixture.shape(), weights, lora.projection(0)), manager))
                    .isEqualTo(before);
            assertThat(weights.trained()).hasSize(2 * 3 * 2 + 2);
        }
    }

    @Test
    void rejectsAnotherKindOfAdapterByName() {
        byte[] model = ReferenceFixture.bytes("adapter/" + PeftAdapter.MODEL);
        String config = new String(ReferenceFixture.bytes("adapter/" + PeftAdapter.CONFIG), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(config.replace("\"use_dora\": false", "\"use_dora\": true"), model))
                .hasMessageContaining("use_dora 'true', expected false");
        assertThatThrownBy(() -> read(config.replace("\"LORA\"", "\"IA3\""), model))
                .hasMessageContaining("peft_type 'IA3', expected LORA");
        assertThatThrownBy(() -> read(config.replace("\"value\"", "\"dense\""), model))
                .hasMessageContaining("[dense, key, query], expected [key, query, value]");
    }

    private static void read(String config, byte[] model) {
        PeftAdapter.read(config.getBytes(StandardCharsets.UTF_8), model, ReferenceFixture.ORDER);
    }
}
