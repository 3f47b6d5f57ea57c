package io.hindcast.graphql;

import java.util.List;
import java.util.Map;

/** The schema's {@code Setting}: a name and its value. */
public record Setting(String name, String value) {

    public static List<Setting> of(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> new Setting(setting.getKey(), setting.getValue()))
                .toList();
    }
}
