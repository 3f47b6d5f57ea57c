package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.ml.bert.BertNetwork;
import io.hindcast.ml.bert.TokenBatch;
import io.hindcast.ml.torch.Encoder;
import io.hindcast.ml.torch.Optimization;
import io.hindcast.ml.torch.OptimizerSettings;
import io.hindcast.ml.torch.Torch;
import io.hindcast.ml.torch.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GrpoLossTest {

    private static final JsonNode STEP = ReferenceFixture.json("grpo.json");
    private static final GrpoLoss LOSS =
            new GrpoLoss(STEP.get("clip").asDouble(), STEP.get("beta").asDouble(), 0);
    private static final double[] REFERENCE = log("referenceLogits");
    private static final int ARTICLES = STEP.get("actions").size();
    private static final int GROUP = STEP.get("actions").get(0).size();

    private static double[] log(String logits) {
        double[] numbers = ReferenceFixture.numbers(STEP.get(logits));
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return GrpoLoss.logSoftmax(floats);
    }

    /**
     * Actions of one group each: the reference has an old probability per action, so its loss is the mean of theirs.
     */
    @SuppressWarnings("ArrayRecordComponent") // read here alone
    private record Draw(List<GrpoGroup> groups, double[] oldLog) {

        static List<Draw> all() {
            List<Draw> draws = new ArrayList<>();
            for (int draw = 0; draw < GROUP; draw++) {
                List<GrpoGroup> groups = new ArrayList<>();
                double[] oldLog = new double[ARTICLES * 3];
                for (int article = 0; article < ARTICLES; article++) {
                    int action = at("actions", article, draw).asInt();
                    int[] counts = new int[3];
                    counts[action] = 1;
                    double[] advantages = new double[3];
                    advantages[action] = at("advantages", article, draw).asDouble();
                    groups.add(new GrpoGroup(counts, advantages, 0));
                    oldLog[article * 3 + action] =
                            at("logProbabilitiesOld", article, draw).asDouble();
                }
                draws.add(new Draw(groups, oldLog));
            }
            return draws;
        }

        private static JsonNode at(String table, int article, int draw) {
            return STEP.get(table).get(article).get(draw);
        }
    }

    @Test
    void lossAndGradientsMatchTheReferenceImplementation() {
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = ReferenceFixture.weights(manager);
            Lora lora = ReferenceFixture.adapter(weights);
            BertNetwork network = new BertNetwork(ReferenceFixture.shape(), weights, lora.projection(0));
            Optimization optimization = new Optimization(weights, new OptimizerSettings(1e-9, 0, 1e9));
            double loss = 0;
            for (Draw draw : Draw.all()) {
                loss += optimization.accumulate(step -> {
                    NDArray logits = network.logits(
                            TokenBatch.of(
                                    step,
                                    ReferenceFixture.tokens(),
                                    ReferenceFixture.shape().padding()),
                            0);
                    return LOSS.of(logits, draw.oldLog(), REFERENCE, draw.groups())
                            .div(Encoder.number(logits, GROUP));
                });
            }
            assertThat(loss).isCloseTo(STEP.get("loss").asDouble(), within(1e-5));

            Map<String, Weights.Values> expected =
                    Weights.fromSafetensors(ReferenceFixture.bytes("grpo_gradients.safetensors"));
            assertThat(expected).hasSameSizeAs(weights.trained());
            weights.trained().forEach((name, weight) -> {
                float[] actual = weight.getGradient().toFloatArray();
                float[] wanted = Objects.requireNonNull(expected.get("base_model.model." + name))
                        .numbers();
                for (int i = 0; i < wanted.length; i++) {
                    assertThat(actual[i]).as("gradient %d of %s", i, name).isCloseTo(wanted[i], within(1e-5f));
                }
            });
            assertThat(optimization.step()).isCloseTo(STEP.get("gradientNorm").asDouble(), within(1e-5));
        }
    }

    @Test
    void metricsMatchTheReferenceImplementation() {
        double[] numbers = ReferenceFixture.numbers(STEP.get("policyLogits"));
        float[] logits = new float[numbers.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) numbers[i];
        }
        double[] sums = new double[4];
        for (Draw draw : Draw.all()) {
            GrpoLoss.Figures figures = LOSS.figures(logits, draw.oldLog(), REFERENCE, draw.groups());
            sums[0] += figures.surrogate() / GROUP;
            sums[1] += figures.kl() / GROUP;
            sums[2] += figures.clipFraction() / GROUP;
            sums[3] += figures.entropy() / GROUP;
        }
        assertThat(sums[0]).isCloseTo(STEP.get("surrogate").asDouble(), within(1e-6));
        assertThat(sums[1]).isCloseTo(STEP.get("kl").asDouble(), within(1e-6));
        assertThat(sums[2]).isCloseTo(STEP.get("clipFraction").asDouble(), within(1e-6));
        assertThat(sums[3]).isCloseTo(STEP.get("entropy").asDouble(), within(1e-6));
    }

    @Test
    void aGroupEqualsTheMeanOfItsActions() {
        try (NDManager manager = Torch.manager("cpu")) {
            NDArray logits = manager.create(new float[] {0.3f, -0.2f, 0.9f}, new ai.djl.ndarray.types.Shape(1, 3));
            double[] oldLog = GrpoLoss.logSoftmax(new float[] {0.1f, 0.4f, 0.2f});
            double[] reference = GrpoLoss.logSoftmax(new float[3]);
            GrpoGroup group = GrpoGroup.of(new int[] {1, 0, 3}, 2, 1.5);
            assertThat(group.reward()).isEqualTo(0.75);
            assertThat(group.advantages()).containsExactly(-2.25, 0, 0.75);
            double alone = 0;
            for (int action : new int[] {0, 2, 2, 2}) {
                int[] counts = new int[3];
                counts[action] = 1;
                GrpoGroup one = new GrpoGroup(counts, group.advantages(), 0);
                alone += LOSS.of(logits, oldLog, reference, List.of(one)).getFloat() / 4;
            }
            float together = LOSS.of(logits, oldLog, reference, List.of(group)).getFloat();
            assertThat((double) together).isCloseTo(alone, within(1e-6));
            GrpoLoss.Figures figures = LOSS.figures(logits.toFloatArray(), oldLog, reference, List.of(group));
            assertThat(LOSS.klWeight() * figures.kl() - figures.surrogate()).isCloseTo(together, within(1e-6));
        }
    }

    @Test
    void advantagesOfAGroupSumToZero() {
        GrpoGroup group = GrpoGroup.of(new int[] {1, 2, 1}, 1, 2);
        assertThat(group.advantages()).containsExactly(-2, 2, -2);
        assertThat(group.size()).isEqualTo(4);
    }

    @Test
    void theEntropyBonusPullsTowardsUniformProbabilities() {
        try (NDManager manager = Torch.manager("cpu")) {
            Weights weights = new Weights(manager);
            weights.put("logits", new float[] {2, 0, -1}, 1, 3);
            weights.train("logits");
            double[] log = GrpoLoss.logSoftmax(new float[] {2, 0, -1});
            List<GrpoGroup> without = List.of(GrpoGroup.of(new int[] {4, 0, 0}, 1, 1));
            GrpoLoss loss = new GrpoLoss(0.2, 0, 0.3);
            Optimization optimization = new Optimization(weights, new OptimizerSettings(0.1, 0, 1e9));
            float value = optimization.accumulate(_ -> loss.of(weights.get("logits"), log, log, without));
            double entropy =
                    loss.figures(new float[] {2, 0, -1}, log, log, without).entropy();
            assertThat((double) value).isCloseTo(-0.3 * entropy, within(1e-6));
            for (int step = 0; step < 200; step++) {
                optimization.step();
                optimization.accumulate(_ -> loss.of(weights.get("logits"), log, log, without));
            }
            float[] logits = weights.get("logits").toFloatArray();
            assertThat(logits[0]).isCloseTo(logits[1], within(0.05f)).isCloseTo(logits[2], within(0.05f));
        }
    }

    @Test
    void aGroupWithoutSpreadHasNoGradient() {
        assertThat(GrpoGroup.of(new int[] {0, 4, 0}, 1, 2).hasSpread()).isFalse();
        assertThat(GrpoGroup.of(new int[] {4, 0, 0}, 1, 2).hasSpread()).isFalse();
        assertThat(GrpoGroup.of(new int[] {2, 0, 2}, 1, 2).hasSpread())
                .as("all wrong in two ways")
                .isFalse();
        assertThat(GrpoGroup.of(new int[] {1, 3, 0}, 1, 0).hasSpread())
                .as("weight 0")
                .isFalse();
        assertThat(GrpoGroup.of(new int[] {1, 3, 0}, 1, 2).hasSpread()).isTrue();
    }
}
