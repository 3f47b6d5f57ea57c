package io.hindcast.history.market;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.MarketOpened;
import io.hindcast.api.market.MarketOrigin;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Writes market days into an event store; minute {@code m} in revision {@code r} always has the same values. */
public final class TestMarketLog {

    private final EventStore store;
    private final Map<String, Long> next = new HashMap<>();

    public TestMarketLog(EventStore store) {
        this.store = store;
    }

    public EventStore store() {
        return store;
    }

    static Instant at(MarketDayId day, int minute) {
        return UtcDay.start(day.day()).plusSeconds(60L * minute);
    }

    static Candle bar(MarketDayId day, int minute, int revision) {
        BigDecimal base = new BigDecimal("47000.01")
                .add(BigDecimal.valueOf(
                        Math.floorMod(minute * 7919L + day.day().toEpochDay() * 31 + revision, 99_991L), 2));
        BigDecimal volume = new BigDecimal("12.34567").add(BigDecimal.valueOf(minute * 7L, 5));
        return new Candle(
                at(day, minute),
                base,
                base.add(new BigDecimal("10.55")),
                base.subtract(new BigDecimal("9.87")),
                base.add(new BigDecimal("1.23")),
                volume,
                volume.multiply(base),
                100 + minute,
                volume.movePointLeft(1),
                volume.multiply(base).movePointLeft(1));
    }

    void open(Symbol symbol) {
        store.publish(new GenericDomainEventMessage<>(
                "Market",
                MarketId.of(symbol),
                0,
                new MarketOpened(symbol, Interval.ONE_MINUTE, MarketOrigin.SYNTHETIC, "for a test", Instant.EPOCH)));
    }

    public void bars(MarketDayId day, CandleSource source, int from, int to, int revision) {
        bars(day, source, from, to, revision, at(day, to + 1));
    }

    void bars(MarketDayId day, CandleSource source, int from, int to, int revision, Instant knownAt) {
        List<Candle> bars = IntStream.rangeClosed(from, to)
                .mapToObj(minute -> bar(day, minute, revision))
                .toList();
        append(
                day,
                new CandlesRecorded(
                        day, source, knownAt, Candles.of(day.day(), bars), Collections.nCopies(bars.size(), revision)));
    }

    void append(MarketDayId day, Object event) {
        long sequence = next.merge(day.toString(), 0L, (before, zero) -> before + 1);
        store.publish(new GenericDomainEventMessage<>("MarketDay", day.toString(), sequence, event));
    }
}
