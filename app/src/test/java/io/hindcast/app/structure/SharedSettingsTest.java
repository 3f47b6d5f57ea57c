package io.hindcast.app.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.graphql.news.ReactionSettings;
import io.hindcast.inference.InferenceProperties;
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
    void theReactionWindowThatIsShownIsTheOneThatIsMeasured() {
        assertThat(unset("hindcast.inference.reaction", ReactionSettings.class).window())
                .isEqualTo(unset("hindcast.inference", InferenceProperties.class)
                        .reaction()
                        .window());
    }
}
