package io.hindcast.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output and exit codes of commands that start nothing. */
class HindcastCommandTest {

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "train",
                "evaluate",
                "archive",
                "models",
                "cycles",
                "backfill",
                "compare",
                "replay",
                "worker"
            })
    void everyCommandHasAHelpText(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: hindcast " + command).contains("--help");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theProgramHasAHelpText() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("demo", "up", "train", "evaluate", "archive", "hindcast demo --archive");
    }

    @Test
    void namesAnUnknownOptionInOneLine() {
        assertThat(run("demo", "--spede", "3")).isEqualTo(2);
        assertOneLine("--spede", "hindcast demo --help");
    }

    @Test
    void namesAnInvalidNumberInOneLine() {
        assertThat(run("demo", "--speed", "fast")).isEqualTo(2);
        assertOneLine("--speed", "fast");
    }

    @Test
    void namesAMissingArchiveInOneLine() {
        assertThat(run("demo", "--archive", temp.resolve("none.csv").toString()))
                .isEqualTo(1);
        assertOneLine("none.csv", "--archive");
    }

    @Test
    void refusesMissingArticlesAndArticlesWithoutCandlesInOneLine() throws IOException {
        Path candles = Files.createFile(temp.resolve("btcusdt-1m.csv"));
        assertThat(run(
                        "demo",
                        "--archive",
                        candles.toString(),
                        "--news",
                        temp.resolve("none.jsonl.gz").toString()))
                .isEqualTo(1);
        assertOneLine("none.jsonl.gz", "--news");
        err.getBuffer().setLength(0);
        assertThat(run("demo", "--news", candles.toString())).isEqualTo(1);
        assertOneLine("--news", "--archive");
    }

    @Test
    void namesAnInvalidSymbolInOneLine() {
        assertThat(run("up", "--symbols", "btc/usdt", "--data-dir", temp.toString()))
                .isEqualTo(1);
        assertOneLine("btc/usdt", "like BTCUSDT");
    }

    @Test
    void refusesPartialRolesInOneLine() {
        assertThat(run("up", "--roles", "feeds", "--data-dir", temp.toString())).isEqualTo(1);
        assertOneLine("--roles", "axon-server");
    }

    @Test
    void refusesMonthsInTheWrongOrderInOneLine() {
        assertThat(run("archive", "BTCUSDT", "--from", "2024-06", "--to", "2024-01", "--out", temp.toString()))
                .isEqualTo(1);
        assertOneLine("2024-06", "2024-01");
    }

    private int run(String... arguments) {
        return HindcastCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void assertOneLine(String... parts) {
        assertThat(err.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("hindcast: ")
                .contains(parts);
        assertThat(out.toString()).doesNotContain("\tat ");
    }
}
