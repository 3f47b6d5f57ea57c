package io.hindcast.bench.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.projections.ReadModelProcessors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Candles per second from command to read model: 30 days of history, one command per day, until the last bar is in the
 * tables. The yardstick inserts the same bars into one table by JDBC batches, one commit per day.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, batchSize = 1, time = 1)
@Measurement(iterations = 3, batchSize = 1, time = 1)
@Fork(1)
@OperationsPerInvocation(ImportBenchmark.CANDLES)
public class ImportBenchmark {

    private static final int DAYS = 30;
    static final int CANDLES = DAYS * RandomWalkMarket.PER_DAY;

    private final List<List<Candle>> bars = new ArrayList<>();
    private final List<RecordCandles> commands = new ArrayList<>();
    private BenchmarkPlatform log = new BenchmarkPlatform();

    @Setup(Level.Trial)
    public void generate() {
        for (int day = 0; day < DAYS; day++) {
            bars.add(RandomWalkMarket.bars(day));
            commands.add(RandomWalkMarket.history(day, bars.get(day)));
        }
    }

    @Setup(Level.Invocation)
    public void start() {
        log.close();
        log = new BenchmarkPlatform();
    }

    @TearDown(Level.Trial)
    public void stop() {
        log.close();
    }

    @Benchmark
    public void commandToReadModel() {
        try (ReadModelProcessors.Running readModel =
                log.platform.processors(4, 200).start(log.platform.serve())) {
            commandsToLog();
            log.awaitHead(readModel);
        }
    }

    /** The same without the read model, which shows its share of the time. */
    @Benchmark
    public void commandsToLog() {
        for (RecordCandles command : commands) {
            log.commands().sendAndWait(command);
        }
    }

    @Benchmark
    public void yardstickBatchedInserts() throws SQLException {
        log.platform.jdbc.execute("""
                create table candle (
                    symbol text, open_time timestamptz, open numeric, high numeric, low numeric, close numeric,
                    volume numeric, quote_volume numeric, trades bigint, taker_buy_volume numeric,
                    taker_buy_quote_volume numeric, primary key (symbol, open_time))""");
        try (Connection connection = log.platform.dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into candle values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                for (List<Candle> day : bars) {
                    for (Candle bar : day) {
                        insert.setString(1, RandomWalkMarket.SYMBOL.value());
                        insert.setTimestamp(2, Timestamp.from(bar.openTime()));
                        insert.setBigDecimal(3, bar.open());
                        insert.setBigDecimal(4, bar.high());
                        insert.setBigDecimal(5, bar.low());
                        insert.setBigDecimal(6, bar.close());
                        insert.setBigDecimal(7, bar.volume());
                        insert.setBigDecimal(8, bar.quoteVolume());
                        insert.setLong(9, bar.trades());
                        insert.setBigDecimal(10, bar.takerBuyVolume());
                        insert.setBigDecimal(11, bar.takerBuyQuoteVolume());
                        insert.addBatch();
                    }
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }
}
