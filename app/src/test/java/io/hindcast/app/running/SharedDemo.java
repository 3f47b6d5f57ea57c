package io.hindcast.app.running;

import io.hindcast.app.HindcastProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * One platform in this process for all tests that only observe it: PostgreSQL, artifact store, simulator and all roles,
 * on a generated market at several candles per second. Started for the first test that needs it, stopped after the
 * last.
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
    record Demo(HindcastProcess process, Path folder) implements AutoCloseable {

        static Demo start() {
            try {
                Path folder = Files.createTempDirectory("hindcast-shared-demo");
                Map<String, String> properties = Map.of(
                        "hindcast.training.lightgbm.rounds", "20",
                        "hindcast.training.tst.epochs", "1",
                        "hindcast.training.tst.steps", "20");
                return new Demo(InProcessDemo.start(folder.resolve("data"), HISTORY_DAYS, SPEED, properties), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        GraphQlClient api() {
            return new GraphQlClient(process.port());
        }

        /** Blocks until the read models have predictions of a version of each family. */
        void awaitPredictions() {
            try (GraphQlClient api = api()) {
                api.awaitPredictions(VERSIONS);
            }
        }

        <T> T bean(Class<T> type) {
            return process.context().getBean(type);
        }

        @Override
        public void close() throws IOException {
            process.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
