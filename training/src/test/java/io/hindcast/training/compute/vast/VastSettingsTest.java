package io.hindcast.training.compute.vast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class VastSettingsTest {

    private static final String PREFIX = "hindcast.training.worker.vast.";
    private static final Optional<URI> PLATFORM = Optional.of(URI.create("https://hindcast.example"));

    private final Map<String, String> settings = new HashMap<>(Map.of(
            PREFIX + "api-key", "secret",
            PREFIX + "image", "registry.example/worker:1",
            PREFIX + "cycle-limit-usd", "2",
            PREFIX + "month-limit-usd", "20"));

    private VastSettings read(Optional<URI> platform) {
        VastProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("hindcast.training.worker.vast", VastProperties.class);
        return VastSettings.of(properties, platform);
    }

    @Test
    void readsCompleteSettings() {
        VastSettings read = read(PLATFORM);
        assertThat(read.limits().toString()).contains("2 USD", "20 USD");
        assertThat(read.properties().offers().maxPriceUsd()).isEqualByComparingTo("0.25");
        assertThat(read.toString()).doesNotContain("secret");
    }

    @Test
    void refusesKeyWithoutLimits() {
        for (String name : new String[] {"cycle-limit-usd", "month-limit-usd"}) {
            String before = settings.remove(PREFIX + name);
            assertThatThrownBy(() -> read(PLATFORM))
                    .hasRootCauseMessage(PREFIX + name + " was not set, expected US dollars, more than 0: a key without"
                            + " limits could spend without end");
            settings.put(PREFIX + name, "0");
            assertThatThrownBy(() -> read(PLATFORM)).rootCause().hasMessageContaining(name + " was 0");
            settings.put(PREFIX + name, before);
        }
    }

    @Test
    void refusesMissingKeyAndImage() {
        settings.remove(PREFIX + "image");
        assertThatThrownBy(() -> read(PLATFORM)).hasMessageContaining("vast.image was not set");
        settings.remove(PREFIX + "api-key");
        assertThatThrownBy(() -> read(PLATFORM)).hasMessageContaining("HINDCAST_TRAINING_WORKER_VAST_API_KEY");
    }

    @Test
    void refusesAddressesThatWouldShowSecrets() {
        assertThatThrownBy(() -> read(Optional.empty())).hasMessageContaining("platform-url was not set");
        assertThatThrownBy(() -> read(Optional.of(URI.create("http://hindcast.example"))))
                .hasMessageContaining("expected an address with https");
        settings.put(PREFIX + "url", "http://vast.example");
        assertThatThrownBy(() -> read(PLATFORM)).hasMessageContaining("vast.url was http://vast.example");
    }

    @Test
    void refusesImpossibleValues() {
        settings.put(PREFIX + "count", "0");
        assertThatThrownBy(() -> read(PLATFORM)).rootCause().hasMessageContaining("count was 0");
        settings.put(PREFIX + "count", "1");
        settings.put(PREFIX + "offers.reliability", "98");
        assertThatThrownBy(() -> read(PLATFORM)).rootCause().hasMessageContaining("reliability was 98");
    }
}
