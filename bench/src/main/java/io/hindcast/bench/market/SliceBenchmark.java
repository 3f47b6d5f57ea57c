package io.hindcast.bench.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.OpenMarket;
import io.hindcast.command.market.MarketDay;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.market.DayFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to read days back: imported days from the log with and without day files, and a live day of 1,440 events from
 * the log, with a day file, and into an aggregate. The yardstick reads the payloads of the same events by plain JDBC
 * without parsing them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SliceBenchmark {

    private static final int LIVE_DAY = 1_000;

    @Param({"30", "365"})
    public int days;

    private final BenchmarkPlatform log = new BenchmarkPlatform();
    private CandleLog plain = new CandleLog(log.platform.log);
    private CandleLog filed = plain;
    private Path folder = Path.of("");

    @Setup(Level.Trial)
    public void fill() throws IOException {
        folder = Files.createTempDirectory("slice");
        filed = new CandleLog(log.platform.log, new DayFiles(folder));
        log.commands()
                .sendAndWait(new OpenMarket(
                        RandomWalkMarket.SYMBOL,
                        Interval.ONE_MINUTE,
                        MarketOrigin.SYNTHETIC,
                        "for a benchmark",
                        Instant.EPOCH));
        for (int day = 0; day < days; day++) {
            log.commands().sendAndWait(RandomWalkMarket.history(day));
        }
        for (Candle bar : RandomWalkMarket.bars(LIVE_DAY)) {
            log.commands().sendAndWait(RandomWalkMarket.live(LIVE_DAY, bar));
        }
        historyWithFiles();
        liveDayWithFile();
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        log.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private double sum(CandleLog candles) {
        return candles.days(
                        RandomWalkMarket.SYMBOL,
                        RandomWalkMarket.day(0).interval(),
                        RandomWalkMarket.FIRST,
                        RandomWalkMarket.FIRST.plusDays(days - 1L))
                .mapToDouble(day -> day.close(day.size() - 1))
                .sum();
    }

    @Benchmark
    public double historyFromLog() {
        return sum(plain);
    }

    @Benchmark
    public double historyWithFiles() {
        return sum(filed);
    }

    @Benchmark
    public long yardstickPayloadsByJdbc() {
        long[] bytes = {0};
        for (int day = 0; day < days; day++) {
            log.platform.jdbc.query(
                    "select payload from hindcast.domain_event_entry where aggregate_identifier = ?"
                            + " order by sequence_number",
                    row -> {
                        bytes[0] += row.getBytes(1).length;
                    },
                    RandomWalkMarket.day(day).toString());
        }
        return bytes[0];
    }

    @Benchmark
    public CandleDay liveDayFromLog() {
        return plain.read(RandomWalkMarket.day(LIVE_DAY));
    }

    @Benchmark
    public CandleDay liveDayWithFile() {
        return filed.read(RandomWalkMarket.day(LIVE_DAY));
    }

    /** Loads the aggregate, as the first command of a live day does after a start. */
    @Benchmark
    public Object liveDayIntoAggregate() {
        EventSourcingRepository<MarketDay> repository = EventSourcingRepository.builder(MarketDay.class)
                .eventStore(log.platform.log)
                .build();
        return DefaultUnitOfWork.startAndGet(null)
                .executeWithResult(() -> repository
                        .load(RandomWalkMarket.day(LIVE_DAY).toString())
                        .version())
                .getPayload();
    }
}
