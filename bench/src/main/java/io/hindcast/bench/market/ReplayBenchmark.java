package io.hindcast.bench.market;

import io.hindcast.projections.ReadModelBuild;
import io.hindcast.projections.ReadModelProcessors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.postgresql.PGConnection;

/**
 * Candles a second from the log into a new build of the read models, 60 days. The yardstick copies the rows of that build's candle
 * table, as text, into a table like it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, batchSize = 1, time = 1)
@Measurement(iterations = 3, batchSize = 1, time = 1)
@Fork(1)
@OperationsPerInvocation(ReplayBenchmark.CANDLES)
public class ReplayBenchmark {

    private static final int DAYS = 60;
    static final int CANDLES = DAYS * Market.PER_DAY;

    private final Log log = new Log();
    private byte[] rows = new byte[0];
    private String candles = "";

    @Setup(Level.Trial)
    public void fill() throws SQLException, IOException {
        for (int day = 0; day < DAYS; day++) {
            log.commands().sendAndWait(Market.history(day));
        }
        ReadModelBuild build = log.platform.readModels.create();
        candles = build.schema() + ".candle";
        replay(build);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection connection = log.platform.dataSource.getConnection()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + candles + " to stdout", out);
        }
        rows = out.toByteArray();
    }

    @TearDown(Level.Trial)
    public void stop() {
        log.close();
    }

    private void replay(ReadModelBuild build) {
        try (ReadModelProcessors.Running running =
                log.platform.processors(4, 200).start(build)) {
            log.awaitHead(running);
        }
    }

    @Benchmark
    public void logToReadModel() {
        replay(log.platform.readModels.create());
    }

    @Benchmark
    public long yardstickCopy() throws SQLException, IOException {
        log.platform.jdbc.execute(
                "drop table if exists copied; create table copied (like " + candles + " including all)");
        try (Connection connection = log.platform.dataSource.getConnection()) {
            return connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy copied from stdin", new ByteArrayInputStream(rows));
        }
    }
}
