package io.hindcast.command.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.RecordCandles;
import io.hindcast.api.market.UtcDay;
import io.hindcast.command.CommandConfiguration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** Property tests on the real repositories with their caches; every try has its own day. */
class AnyOrderOfBarsTest {

    private static final Configuration AXON = start();
    private static LocalDate nextDay = LocalDate.of(2022, 1, 1);

    private static Configuration start() {
        var configurer = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(configuration -> new InMemoryEventStorageEngine());
        CommandConfiguration.configureAggregates(configurer);
        return configurer.start();
    }

    @AfterContainer
    static void stop() {
        AXON.shutdown();
    }

    /** Sends the bars as commands of random size, in random order, some of them twice. */
    private static Map<Integer, List<Candle>> heldAfter(long seed, List<Candle> bars, MarketDayId day) {
        Random random = new Random(seed);
        List<Candle> sequence = new ArrayList<>(bars);
        for (Candle bar : bars) {
            if (random.nextInt(3) == 0) {
                sequence.add(bar);
            }
        }
        Collections.shuffle(sequence, random);
        for (int from = 0; from < sequence.size(); ) {
            int to = Math.min(sequence.size(), from + 1 + random.nextInt(5));
            send(day, sequence.subList(from, to));
            from = to;
        }
        return held(day);
    }

    private static void send(MarketDayId day, List<Candle> bars) {
        AXON.commandGateway()
                .sendAndWait(
                        new RecordCandles(day, CandleSource.LIVE, UtcDay.end(day.day()), Candles.of(day.day(), bars)));
    }

    /** Returns the values recorded for each minute, in order of revision. */
    private static Map<Integer, List<Candle>> held(MarketDayId day) {
        Map<Integer, List<Candle>> held = new TreeMap<>();
        AXON.eventStore().readEvents(day.toString(), 0).forEachRemaining(message -> {
            CandlesRecorded event = (CandlesRecorded) message.getPayload();
            for (int row = 0; row < event.candles().size(); row++) {
                List<Candle> revisions =
                        held.computeIfAbsent(event.candles().minute().get(row), m -> new ArrayList<>());
                assertThat(event.revision().get(row)).isEqualTo(revisions.size());
                revisions.add(event.candles().candle(day.day(), row));
            }
        });
        return held;
    }

    private static synchronized MarketDayId newDay() {
        nextDay = nextDay.plusDays(1);
        return new MarketDayId(Bars.DAY.symbol(), Bars.DAY.interval(), nextDay);
    }

    @Property(tries = 150)
    void unchangedBarsMakeTheSameDayInAnyOrderAndRepetition(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
        MarketDayId day = newDay();
        List<Candle> bars = new ArrayList<>();
        Map<Integer, List<Candle>> expected = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int minute = i * 36;
            bars.add(Bars.bar(day, minute, 0));
            expected.put(minute, List.of(Bars.bar(day, minute, 0)));
        }
        assertThat(heldAfter(seed, bars, day)).isEqualTo(expected);
    }

    @Property(tries = 150)
    void holdsLatestValuesAndRecordsEveryChangeAsRevision(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int steps) {
        MarketDayId day = newDay();
        Random random = new Random(seed);
        Map<Integer, List<Candle>> expected = new TreeMap<>();
        for (int step = 0; step < steps; step++) {
            Candle bar = Bars.bar(day, random.nextInt(5), random.nextInt(3));
            int minute = (int) (bar.openTime().getEpochSecond() % 86_400 / 60);
            List<Candle> revisions = expected.computeIfAbsent(minute, m -> new ArrayList<>());
            if (revisions.isEmpty() || !revisions.getLast().equals(bar)) {
                revisions.add(bar);
            }
            send(day, List.of(bar));
        }
        assertThat(held(day)).isEqualTo(expected);
    }
}
