package io.hindcast.query;

import static io.hindcast.projections.MarketScript.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.model.FindModels;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ModelVersionView;
import io.hindcast.api.model.ModelViews;
import io.hindcast.api.model.VersionState;
import io.hindcast.api.prediction.Signal;
import io.hindcast.projections.MarketScript;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.junit.jupiter.api.Test;

class DegenerateVersionTest {

    private static final LocalDate DAY = LocalDate.of(2022, 1, 1);

    @Test
    void onlyADegenerateVersionStaysRegisteredWithAReason() {
        MarketScript script = new MarketScript("BTCUSDT", 21);
        try (TestQueries queries = new TestQueries()) {
            script.open().model(1, LabelSpec.DEFAULT, at(DAY, 10)).degenerate(2, at(DAY, 20));
            queries.publish(script.take());
            List<ModelVersionView> versions = queries.gateway
                    .query(new FindModels(script.symbol()), ResponseTypes.instanceOf(ModelViews.class))
                    .join()
                    .models()
                    .getFirst()
                    .versions();
            ModelVersionView degenerate = versions.getFirst();
            assertThat(degenerate.state()).isEqualTo(VersionState.REGISTERED);
            assertThat(degenerate.slot()).isEmpty();
            assertThat(degenerate.evaluation().degenerate()).contains(Signal.HOLD);
            assertThat(degenerate.reason())
                    .hasValueSatisfying(reason ->
                            assertThat(reason).contains("degenerate", "predicts HOLD", "next training cycle"));
            assertThat(versions.getLast().state()).isEqualTo(VersionState.LIVE);
            assertThat(versions.getLast().reason()).isEmpty();
        }
    }
}
