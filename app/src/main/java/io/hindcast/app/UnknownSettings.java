package io.hindcast.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.HindcastJson;
import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses settings of this platform that do not exist, which Spring would ignore, so that a misspelt name does not
 * leave a default in force. The names come from the metadata that the compiler writes for each room's settings.
 */
final class UnknownSettings {

    private static final String PREFIX = "hindcast.";
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** Variables that the start script, tests and workers read, or that name programs. */
    private static final List<String> OTHER_VARIABLES = List.of(
            "HINDCAST_JAVA_OPTIONS",
            "HINDCAST_JDK",
            "HINDCAST_NODE",
            "HINDCAST_CHROMIUM",
            "HINDCAST_TEST_",
            "HINDCAST_WORKER_");

    private final Set<String> names = new TreeSet<>();
    private final List<String> maps = new ArrayList<>();

    private UnknownSettings() {
        try {
            for (URL url : Collections.list(getClass().getClassLoader().getResources(METADATA))) {
                read(url);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own list of settings cannot be read", e);
        }
    }

    private void read(URL url) throws IOException {
        String text;
        try (InputStream in = url.openStream()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!text.contains('"' + PREFIX)) {
            return;
        }
        for (JsonNode property : HindcastJson.mapper().readTree(text).path("properties")) {
            String name = property.path("name").asText();
            if (name.startsWith(PREFIX)) {
                names.add(name);
                if (property.path("type").asText().startsWith("java.util.Map")) {
                    maps.add(name);
                }
            }
        }
    }

    /** @throws StartFailure that names the first unknown setting and those that exist beside it */
    static void refuse(ConfigurableEnvironment environment) {
        UnknownSettings known = new UnknownSettings();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                boolean variables =
                        source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
                for (String name : enumerable.getPropertyNames()) {
                    if (variables ? known.isUnknownVariable(name) : known.isUnknown(name)) {
                        throw new StartFailure(known.describe(name, variables));
                    }
                }
            }
        }
    }

    private boolean isUnknown(String name) {
        String setting = uniform(name);
        return setting.startsWith(PREFIX)
                && names.stream().noneMatch(known -> uniform(known).equals(setting))
                && maps.stream().noneMatch(map -> setting.startsWith(uniform(map) + "."));
    }

    private boolean isUnknownVariable(String name) {
        return name.startsWith("HINDCAST_")
                && OTHER_VARIABLES.stream().noneMatch(name::startsWith)
                && names.stream().noneMatch(known -> variable(known).equals(name))
                && maps.stream().noneMatch(map -> name.startsWith(variable(map) + "_"));
    }

    /** Spring ignores case, dashes and underscores; an index belongs to a list. */
    private static String uniform(String name) {
        return name.replaceAll("\\[\\d*]", "").replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private static String variable(String name) {
        return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private String describe(String name, boolean variable) {
        String setting = variable ? name.replace('_', '.').toLowerCase(Locale.ROOT) : name;
        String parent = setting;
        List<String> near = List.of();
        while (near.isEmpty() && parent.contains(".")) {
            parent = parent.substring(0, parent.lastIndexOf('.'));
            String below = uniform(parent) + ".";
            near = names.stream()
                    .filter(known -> uniform(known).startsWith(below))
                    .map(known -> variable ? variable(known) : known)
                    .toList();
        }
        return (variable ? "The environment variable " : "The setting ") + name + " does not exist. Settings near it: "
                + String.join(", ", near) + ".";
    }
}
