package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.app.running.SharedDemo.Demo;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Metrics of a running demo, as scraped by Prometheus. */
@ExtendWith(SharedDemo.class)
class MetricsIT {

    private static final String SNAKE_CASE = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

    @Test
    void namesAreSnakeCaseAndOwnMetersHaveADescription(Demo demo) throws Exception {
        demo.awaitPredictions();
        Map<String, String> types = new TreeMap<>();
        Map<String, String> helps = new TreeMap<>();
        try (GraphQlClient api = demo.api()) {
            // Creates a meter of a library that names it after a constant.
            assertThat(api.errors("{ market(symbol: \"NOSUCH\") { symbol } }")).isNotEmpty();
            api.get("/actuator/prometheus").lines().forEach(line -> {
                String[] words = line.split(" ", 4);
                if (line.startsWith("# TYPE ")) {
                    types.put(words[2], words[3]);
                } else if (line.startsWith("# HELP ")) {
                    helps.put(words[2], words.length < 4 ? "" : words[3].strip());
                }
            });
        }

        assertThat(types.keySet()).allSatisfy(name -> assertThat(name).matches(SNAKE_CASE));
        types.keySet().removeIf(name -> !name.startsWith("hindcast_"));
        assertThat(types).hasSizeGreaterThan(30);
        assertThat(types.keySet())
                .allSatisfy(name -> assertThat(helps.getOrDefault(name, ""))
                        .as("help text of %s", name)
                        .hasSizeGreaterThan(10)
                        .matches("[A-Z0-9].*"));
        types.forEach((name, type) -> {
            assertThat(name).as("no repeated unit or suffix").doesNotMatch(".*_([a-z]+)_\\1(_.*)?$");
            if (type.equals("counter")) {
                assertThat(name).as("a counter").endsWith("_total");
            } else {
                assertThat(name).as("a " + type).doesNotEndWith("_total").doesNotEndWith("_count");
            }
            if (Set.of("histogram", "summary").contains(type)) {
                assertThat(name).as("a %s of durations or bars", type).matches(".*_(seconds|bars)$");
            }
        });
    }
}
