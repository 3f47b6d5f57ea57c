package io.hindcast.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.progress.ProgressReporter.Task;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void showsBarWithRateAndTimeLeftOnTerminal() {
        ConsoleProgress progress = progress(true);
        try (Task task = progress.begin("Importing BTCUSDT", 1_000, "candles")) {
            task.at(0, "");
            pass(Duration.ofSeconds(2));
            task.at(500, "");
            assertThat(text())
                    .contains("50 %  500/1,000 candles  250/s  2 s left")
                    .contains("█");
        }
        assertThat(text()).endsWith("Importing BTCUSDT: 500 candles in 2.0 s (of 1,000)\n");
    }

    @Test
    void printsPlainLinesWithoutControlCharactersElsewhere() {
        ConsoleProgress progress = progress(false);
        try (Task task = progress.begin("Training", 200, "rounds")) {
            task.at(0, "");
            pass(Duration.ofSeconds(1));
            task.at(50, "");
            pass(Duration.ofSeconds(5));
            task.at(120, "loss 1.05");
            task.at(200, "loss 1.02");
        }
        assertThat(text()).isEqualTo("""
                Training: 200 rounds
                Training: 60 %  120/200 rounds  20/s  4 s left  loss 1.05
                Training: 200 rounds in 6.0 s, loss 1.02
                """);
    }

    @Test
    void excludesWorkBeforeRestartFromRate() {
        ConsoleProgress progress = progress(true);
        try (Task task = progress.begin("Importing", 1_000, "candles")) {
            task.at(800, "");
            pass(Duration.ofSeconds(1));
            task.at(900, "");
            assertThat(text()).contains("100/s  1 s left");
        }
    }

    private ConsoleProgress progress(boolean terminal) {
        return new ConsoleProgress(
                new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal), nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
