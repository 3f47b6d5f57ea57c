package io.hindcast.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.hindcast.api.HindcastJson;
import io.hindcast.console.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses settings of this platform that do not exist, which Spring would ignore, so that a misspelt name does not
 * leave a default in force. The names come from the metadata that the compiler writes for each room's settings, and
 * match in every form that Spring accepts.
 */
final class UnknownSettings {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("hindcast");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    /** Variables that the start script and tests read, or that name programs. */
    private static final Pattern OTHER_VARIABLES = Pattern.compile("HINDCAST_(JAVA_OPTIONS|JDK|NODE|CHROMIUM|TEST_.*)");

    /** Variables that Kubernetes and Docker add for a service whose name begins with ours. */
    private static final Pattern SERVICE_VARIABLES =
            Pattern.compile("HINDCAST_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP).*)?)");

    /** In the order of the alphabet. */
    private final Set<ConfigurationPropertyName> names = new TreeSet<>();

    /** Also with a separator in place of each dash, as variables may have it. */
    private final Set<ConfigurationPropertyName> accepted = new HashSet<>();

    /** Those that take any name below them. */
    private final Set<ConfigurationPropertyName> maps = new HashSet<>();

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
        if (!text.contains("\"hindcast.")) {
            return;
        }
        for (JsonNode property : HindcastJson.mapper().readTree(text).path("properties")) {
            String written = property.path("name").asText();
            ConfigurationPropertyName name = ConfigurationPropertyName.of(written);
            if (ROOT.isAncestorOf(name)) {
                names.add(name);
                accepted.add(name);
                accepted.add(ConfigurationPropertyName.adapt(written.replace('-', '.'), '.'));
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
                    known.check(name, variables);
                }
            }
        }
    }

    private void check(String text, boolean variable) {
        if (variable
                && (OTHER_VARIABLES.matcher(text).matches()
                        || SERVICE_VARIABLES.matcher(text).matches())) {
            return;
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(text, variable ? '_' : '.');
        if (ROOT.isAncestorOf(name) && !exists(name, variable)) {
            throw new StartFailure((variable ? "The environment variable " : "The setting ") + text
                    + " does not exist. Settings near it: " + String.join(", ", near(name)) + ".");
        }
    }

    private boolean exists(ConfigurationPropertyName name, boolean variable) {
        // an element of a list, which a variable has without brackets
        boolean element =
                name.getLastElement(ConfigurationPropertyName.Form.UNIFORM).matches("\\d+");
        ConfigurationPropertyName whole = element ? name.getParent() : name;
        return (variable ? accepted : names).contains(whole) || maps.stream().anyMatch(map -> map.isAncestorOf(name));
    }

    /** Returns the settings and groups of settings in the closest group that exists. */
    private Set<String> near(ConfigurationPropertyName name) {
        ConfigurationPropertyName group = name.getParent();
        while (names.stream().noneMatch(group::isAncestorOf)) {
            group = group.getParent();
        }
        ConfigurationPropertyName closest = group;
        int depth = closest.getNumberOfElements() + 1;
        return names.stream()
                .filter(closest::isAncestorOf)
                .map(known -> known.chop(depth) + (known.getNumberOfElements() > depth ? ".…" : ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
