package io.hindcast.ml.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.ml.lightgbm.LightGbmParameters;
import io.hindcast.ml.trl.Reward;
import io.hindcast.ml.trl.TrlParameters;
import io.hindcast.ml.tst.TstParameters;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Parameters that went through their map, as they do on the way to a worker. */
class NamedParametersTest {

    @Test
    void parametersOfEveryFamilyComeBackAsTheyWere() {
        LightGbmParameters trees = LightGbmParameters.DEFAULT.withRounds(7).withThreads(2);
        assertThat(LightGbmParameters.of(trees.toMap())).isEqualTo(trees);
        for (TstParameters tst : new TstParameters[] {TstParameters.SMALL, TstParameters.PATCH.withEpochs(3, 9)}) {
            assertThat(TstParameters.of(tst.toMap())).isEqualTo(tst);
        }
        for (TrlParameters trl : new TrlParameters[] {
            TrlParameters.SMALL.withReward(Reward.MOVE_SIZE),
            TrlParameters.FINBERT.withBatches(3, 4).withQuantise(true)
        }) {
            assertThat(TrlParameters.of(trl.toMap())).isEqualTo(trl);
        }
    }

    @Test
    void namesTheParameterThatIsMissingOrHasNoValidValue() {
        SortedMap<String, String> map = LightGbmParameters.DEFAULT.toMap();
        map.put("leaves", "many");
        assertThatThrownBy(() -> LightGbmParameters.of(map)).hasMessageContaining("leaves was 'many'");
        assertThatThrownBy(() -> LightGbmParameters.of(Map.of())).hasMessageContaining("is missing");
    }
}
