package io.hindcast.app.running;

import io.hindcast.app.HindcastProcess;
import io.hindcast.app.local.DataFolder;
import io.hindcast.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One whole platform in this process for all tests that only look at it: PostgreSQL, artifact store, simulator and all
 * wings, on a generated market that goes by at several candles a second. Started by the first test that asks, stopped
 * after the last.
 */
final class SharedDemo implements ParameterResolver {

    static final int HISTORY_DAYS = 4;
    static final double SPEED = 4;
    static final List<String> VERSIONS = List.of("lightgbm:BTCUSDT:1", "tst:BTCUSDT:1");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
        return parameter.getParameter().getType() == Demo.class;
    }

    @Override
    public Demo resolveParameter(ParameterContext parameter, ExtensionContext extension) {
        return extension
                .getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedDemo.class))
                .computeIfAbsent("demo", key -> Demo.start(), Demo.class);
    }

    /** A running demo. */
    record Demo(HindcastProcess process, Path folder, ByteArrayOutputStream said) implements AutoCloseable {

        static Demo start() {
            System.setProperty("axoniq.update-checker.disabled", "true");
            try {
                Path folder = Files.createTempDirectory("hindcast-shared-demo");
                ByteArrayOutputStream said = new ByteArrayOutputStream();
                Map<String, String> properties = new LinkedHashMap<>();
                properties.put("server.port", "0");
                properties.put("hindcast.simulator.enabled", "true");
                properties.put("hindcast.feeds.symbols", "BTCUSDT");
                properties.put("hindcast.simulator.seed", "5");
                properties.put("hindcast.feeds.history-days", Integer.toString(HISTORY_DAYS));
                properties.put("hindcast.sagas.history-days", Integer.toString(HISTORY_DAYS));
                properties.put("hindcast.simulator.speed", Double.toString(SPEED));
                properties.put("hindcast.training.lightgbm.rounds", "20");
                properties.put("hindcast.training.tst.epochs", "1");
                properties.put("hindcast.training.tst.steps", "20");
                HindcastProcess process = HindcastProcess.start(
                        DataFolder.open(folder.resolve("data")),
                        properties,
                        new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false),
                        false);
                return new Demo(process, folder, said);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        GraphQl api() {
            return new GraphQl(process.port());
        }

        /** Waits until a version of each family holds a slot and predictions of them are in the read models. */
        void awaitPredictions() {
            try (GraphQl api = api()) {
                api.awaitPredictions(VERSIONS);
            }
        }

        <T> T bean(Class<T> type) {
            return process.context().getBean(type);
        }

        @Override
        public void close() throws IOException {
            process.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
