package io.hindcast.bench.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.command.CommandConfiguration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Candles per second through the aggregate alone: command bus, decision, application of the event, and cache, with a
 * store that discards events. The yardstick only creates the bars.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@OperationsPerInvocation(RandomWalkMarket.PER_DAY)
public class MarketDayBenchmark {

    private final List<Candle> bars = RandomWalkMarket.bars(0);
    private final Candles columns = Candles.of(RandomWalkMarket.FIRST, bars);
    private CommandGateway commands = gateway();
    private int day;

    private static CommandGateway gateway() {
        var configurer = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(configuration -> new InMemoryEventStorageEngine() {
                    @Override
                    public void appendEvents(List<? extends EventMessage<?>> events) {
                        // Only the aggregate is measured.
                    }
                });
        CommandConfiguration.configureAggregates(configurer);
        return configurer.start().commandGateway();
    }

    @Setup(Level.Iteration)
    public void start() {
        commands = gateway();
        day = 0;
    }

    @Benchmark
    public Object dayOfHistoryInOneCommand() {
        day++;
        MarketDayId id = RandomWalkMarket.day(day);
        return commands.sendAndWait(
                new RecordCandles(id, CandleSource.HISTORY, RandomWalkMarket.midnight(day + 1), columns));
    }

    @Benchmark
    public int dayBarByBar() {
        day++;
        MarketDayId id = RandomWalkMarket.day(day);
        int sent = 0;
        for (Candle bar : bars) {
            Candles one = Candles.of(RandomWalkMarket.FIRST, List.of(bar));
            commands.sendAndWait(new RecordCandles(id, CandleSource.LIVE, RandomWalkMarket.midnight(day + 1), one));
            sent++;
        }
        return sent;
    }

    /** The yardstick: creates the bars of a day as validated objects and as columns. */
    @Benchmark
    public Object yardstickBarsOnly() {
        return Candles.of(RandomWalkMarket.FIRST, columns.toList(RandomWalkMarket.FIRST));
    }
}
