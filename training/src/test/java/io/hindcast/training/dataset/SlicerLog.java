package io.hindcast.training.dataset;

import io.hindcast.api.market.Candle;
import io.hindcast.api.market.CandleSource;
import io.hindcast.api.market.Candles;
import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.history.market.RandomWalk;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** An event store in memory for slicers, with whole days of a random walk recorded as history. */
final class SlicerLog {

    private final EventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();

    /**
     * Records the days.
     *
     * @param start midnight of the first day
     */
    SlicerLog(Symbol symbol, Instant start, int days, Instant knownAt) {
        List<Candle> bars = RandomWalk.bars(start, days * 1_440, 5);
        for (int day = 0; day < days; day++) {
            LocalDate date = UtcDay.of(start).plusDays(day);
            List<Candle> ofDay = bars.subList(day * 1_440, (day + 1) * 1_440);
            MarketDayId id = new MarketDayId(symbol, Interval.ONE_MINUTE, date);
            append(
                    id.toString(),
                    new CandlesRecorded(
                            id,
                            CandleSource.HISTORY,
                            knownAt,
                            Candles.of(date, ofDay),
                            ofDay.stream().map(bar -> 0).toList()));
        }
    }

    EventStore store() {
        return store;
    }

    /** Appends an event to the stream of an aggregate. */
    void append(String id, Object payload) {
        long sequence = store.lastSequenceNumberFor(id).map(last -> last + 1).orElse(0L);
        store.publish(new GenericDomainEventMessage<>("Test", id, sequence, payload));
    }
}
