package io.hindcast.app.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.graphql.news.ReactionSettings;
import io.hindcast.graphql.training.TrainingRequests;
import io.hindcast.inference.InferenceProperties;
import io.hindcast.sagas.SagasProperties;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings that two rooms read by themselves mean the same where nobody has set them. */
class SharedSettingsTest {

    private static <T> T unset(String prefix, Class<T> settings) {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate(prefix, settings);
    }

    @Test
    void aPersonsRequestTrainsWhatTheFirstCycleTrains() {
        SagasProperties first = unset("hindcast.sagas", SagasProperties.class);
        TrainingRequests asked = unset("hindcast.sagas", TrainingRequests.class);

        assertThat(asked.families()).isEqualTo(first.families());
        assertThat(asked.historyDays()).isEqualTo(first.historyDays());
        assertThat(asked.horizonBars()).isEqualTo(first.horizonBars());
        assertThat(asked.thresholdPercent()).isEqualTo(first.thresholdPercent());
    }

    @Test
    void theReactionWindowThatIsShownIsTheOneThatIsMeasured() {
        assertThat(unset("hindcast.inference", ReactionSettings.class).reactionWindow())
                .isEqualTo(
                        unset("hindcast.inference", InferenceProperties.class).reactionWindow());
    }
}
