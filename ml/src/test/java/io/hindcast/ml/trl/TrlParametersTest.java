package io.hindcast.ml.trl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrlParametersTest {

    @Test
    void finbertIsTheDefaultAtAPinnedRevision() {
        TrlParameters finbert = TrlParameters.preset("trl-finbert");
        assertThat(finbert.toMap())
                .containsEntry("base.source", "ProsusAI/finbert")
                .containsEntry("maxTokens", "512")
                .containsEntry("lora.rank", "4")
                .containsEntry("lora.alpha", "32.0")
                .containsEntry("lora.dropout", "0.1")
                .containsEntry("grpo.reward", "balanced")
                .containsEntry("grpo.group", "8")
                .containsEntry("grpo.entropyWeight", "0.2")
                .containsEntry("supervised.epochs", "3")
                .containsEntry("grpo.clip", "0.2")
                .containsEntry("grpo.klWeight", "0.1")
                .containsEntry("learningRate", "2.0E-5")
                .containsEntry("batch", "12")
                .containsEntry("epochs", "20");
        assertThat(finbert.toMap().get("base.revision")).matches("[0-9a-f]{40}");
        assertThat(finbert.grpo().innerSteps())
                .as("an old policy is kept for several steps, so that clipping can apply")
                .isGreaterThan(1);
    }

    @Test
    void rejectsInvalidParametersByName() {
        assertThatThrownBy(() -> TrlParameters.preset("trl-huge"))
                .hasMessageContaining("'trl-huge'")
                .hasMessageContaining("trl-finbert or trl-small");
        assertThatThrownBy(() -> TrlParameters.SMALL.withBatches(0, 1))
                .hasMessage("TRL parameter batch was 0.0, expected 1 or more");
        assertThatThrownBy(() -> new GrpoSettings(Reward.BALANCED, 1, 0.2, 0.1, 0.2, 4, 1, 0.1))
                .hasMessageContaining("GRPO setting group was 1.0, expected 2 or more");
        assertThatThrownBy(() -> new LoraShape(4, 32, 1)).hasMessageContaining("dropout 1.0");
    }

    @Test
    void rejectsUnknownRewards() {
        for (Reward reward : Reward.values()) {
            assertThat(Reward.named(reward.label())).isEqualTo(reward);
        }
        assertThat(TrlParameters.SMALL.withReward(Reward.MOVE_SIZE).toMap()).containsEntry("grpo.reward", "move-size");
        assertThatThrownBy(() -> Reward.named("sharpe"))
                .hasMessage("TRL reward 'sharpe' is not known, expected balanced or move-size");
    }
}
