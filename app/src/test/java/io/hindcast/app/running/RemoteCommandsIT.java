package io.hindcast.app.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.app.cli.TestCommandLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The commands of the console against a running platform; nothing here changes which versions are live. */
@ExtendWith(SharedDemo.class)
class RemoteCommandsIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(SharedDemo.Demo demo, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", Integer.toString(demo.process().port())));
        return TestCommandLine.create()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode json(SharedDemo.Demo demo, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        assertThat(run(demo, all.toArray(String[]::new))).as(err::toString).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    @Test
    void showsVersionsSlotsAndCycles(SharedDemo.Demo demo) throws IOException {
        demo.awaitPredictions();

        assertThat(run(demo, "models")).isZero();
        assertThat(out.toString()).contains("lightgbm:BTCUSDT:1", "BASELINE", "LIVE");
        assertThat(run(demo, "models", "show", "lightgbm:BTCUSDT:1")).isZero();
        assertThat(out.toString()).contains("PROMOTED", "dataset", "parameter");
        assertThat(run(demo, "cycles", "show", "BTCUSDT/1")).isZero();
        assertThat(out.toString()).contains("BTCUSDT/1/lightgbm/1", "SUCCEEDED");

        JsonNode live = json(demo, "models", "slots");
        assertThat(live.findValuesAsText("version")).contains("lightgbm:BTCUSDT:1");
        Instant first = Instant.parse(live.at("/0/from").asText());
        assertThat(json(
                                demo,
                                "models",
                                "slots",
                                "--as-of",
                                first.minusSeconds(1).toString())
                        .findValuesAsText("slot"))
                .as("before the first version went live")
                .hasSizeLessThan(live.size());
    }

    @Test
    void printsTheRefusalsOfThePlatform(SharedDemo.Demo demo) {
        demo.awaitPredictions();

        assertThat(run(demo, "models", "archive", "lightgbm:BTCUSDT:1", "--reason", "a test"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("hindcast: ").contains("(BASELINE)");
        assertThat(run(demo, "models", "pin", "lightgbm:BTCUSDT:7", "--reason", "a test"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("UNKNOWN_VERSION", "lightgbm:BTCUSDT:1");
        assertThat(run(demo, "cycles", "repeat", "BTCUSDT/9/tst/1", "--reason", "a test"))
                .isEqualTo(1);
        assertThat(err.toString()).containsPattern("NOT_REPEATABLE|CYCLE_RUNNING");
    }

    @Test
    void repeatsARunWithTheSameResult(SharedDemo.Demo demo) {
        demo.awaitPredictions();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> json(demo, "cycles").at("/0/state").asText().equals("SUCCEEDED"));

        assertThat(run(demo, "cycles", "repeat", "BTCUSDT/1/lightgbm/1", "--reason", "is it the same?"))
                .as(err::toString)
                .isZero();
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(json(demo, "cycles", "--limit", "1")
                                .at("/0/runs/0/reproduced")
                                .asText())
                        .isEqualTo("true"));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !json(demo, "cycles").at("/0/endedAt").isNull());
        assertThat(run(demo, "models", "--symbol", "BTCUSDT")).isZero();
        assertThat(out.toString()).doesNotContain("lightgbm:BTCUSDT:2");
    }
}
