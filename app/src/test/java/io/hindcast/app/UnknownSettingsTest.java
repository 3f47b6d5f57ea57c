package io.hindcast.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.console.StartFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsTest {

    private static ConfigurableEnvironment with(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", settings));
        return environment;
    }

    private static ConfigurableEnvironment withVariable(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, "1")));
        return environment;
    }

    @Test
    void refusesMisspeltSettingAndNamesThoseThatExist() {
        assertThatThrownBy(() -> UnknownSettings.refuse(with(Map.of("hindcast.training.tst.epoch", "3"))))
                .isInstanceOf(StartFailure.class)
                .hasMessage("The setting hindcast.training.tst.epoch does not exist. Settings near it:"
                        + " hindcast.training.tst.epochs, hindcast.training.tst.preset, hindcast.training.tst.steps.");
        assertThatThrownBy(() -> UnknownSettings.refuse(with(Map.of("hindcast.trainign.tst.epochs", "3"))))
                .hasMessageContaining("hindcast.trainign.tst.epochs does not exist")
                .hasMessageContaining("hindcast.event-store, ");
    }

    @Test
    void refusesMisspeltVariable() {
        assertThatThrownBy(() -> UnknownSettings.refuse(withVariable("HINDCAST_TRAINING_TSTEPOCHS")))
                .hasMessageContaining("The environment variable HINDCAST_TRAINING_TSTEPOCHS does not exist")
                .hasMessageContaining("HINDCAST_TRAINING_TST_EPOCHS");
        assertThatCode(() -> UnknownSettings.refuse(withVariable("HINDCAST_TRAINING_TST_EPOCHS")))
                .doesNotThrowAnyException();
        assertThatCode(() -> UnknownSettings.refuse(withVariable("HINDCAST_JAVA_OPTIONS")))
                .doesNotThrowAnyException();
    }

    @Test
    void acceptsSettingsAsSpringDoes() {
        assertThatCode(() -> UnknownSettings.refuse(with(Map.of(
                        "hindcast.training.tst.epochs", "3",
                        "hindcast.training.timeBudget", "5m",
                        "hindcast.sagas.history_days", "5",
                        "hindcast.sagas.families[0]", "TST",
                        "hindcast.event-store", "postgres",
                        "server.port", "0"))))
                .doesNotThrowAnyException();
    }
}
