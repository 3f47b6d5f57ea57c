package io.hindcast.history.market;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.LogPosition;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads recorded candles from the log by market day. Thread-safe.
 *
 * <p>With {@link DayFiles} a complete day is cached as a file. A file is used only if it was written from this very
 * log, and events that the stream has gained since are added, so reads with and without files give the same result.
 * Days under way, and days of a market that was never opened, are always read from the log. After a log is restored
 * from a backup and continued, the files must be deleted.
 */
public final class CandleLog {

    private final EventStore events;
    private final @Nullable DayFiles files;
    private final Map<Symbol, String> logIds = new ConcurrentHashMap<>();

    public CandleLog(EventStore events) {
        this.events = events;
        this.files = null;
    }

    public CandleLog(EventStore events, DayFiles files) {
        this.events = events;
        this.files = files;
    }

    /** Returns a day as of now; empty if the log has nothing of it. */
    public CandleDay read(MarketDayId id) {
        return files == null ? readTail(nothing(id), null, "") : readWithFiles(id, files);
    }

    /** Returns a day as of an event. */
    public CandleDay read(LogPosition upTo) {
        return read(MarketDayId.parse(upTo.aggregateId())).upTo(upTo.sequence());
    }

    /**
     * Returns the days {@code from} to {@code to}, both inclusive, in order, empty ones included; each is read when the
     * stream reaches it.
     */
    public Stream<CandleDay> days(Symbol symbol, Interval interval, LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1)).map(day -> read(new MarketDayId(symbol, interval, day)));
    }

    /** Returns the days from {@code from} to that of {@code upTo}, the last one as of that event. */
    public Stream<CandleDay> days(LocalDate from, LogPosition upTo) {
        MarketDayId last = MarketDayId.parse(upTo.aggregateId());
        return from.datesUntil(last.day().plusDays(1))
                .map(day -> day.equals(last.day())
                        ? read(upTo)
                        : read(new MarketDayId(last.symbol(), last.interval(), day)));
    }

    /**
     * Returns how many of the days {@code from} to {@code to}, both inclusive, have events. Costs one small query per
     * day.
     */
    public long daysRecorded(Symbol symbol, Interval interval, LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1))
                .filter(day -> events.lastSequenceNumberFor(new MarketDayId(symbol, interval, day).toString())
                        .isPresent())
                .count();
    }

    /**
     * Returns the last event of the latest day with events, looking back from {@code notAfter} to {@code notBefore}.
     * Costs one small query per day.
     */
    public Optional<LogPosition> lastPosition(
            Symbol symbol, Interval interval, LocalDate notAfter, LocalDate notBefore) {
        for (LocalDate day = notAfter; !day.isBefore(notBefore); day = day.minusDays(1)) {
            String id = new MarketDayId(symbol, interval, day).toString();
            Optional<Long> sequence = events.lastSequenceNumberFor(id);
            if (sequence.isPresent()) {
                return Optional.of(new LogPosition(id, sequence.get()));
            }
        }
        return Optional.empty();
    }

    private CandleDay readWithFiles(MarketDayId id, DayFiles dayFiles) {
        Optional<String> logId = logId(id.symbol());
        if (logId.isEmpty()) {
            return readTail(nothing(id), null, "");
        }
        CandleDay known = dayFiles.read(id)
                .filter(stored -> stored.logId().equals(logId.get()))
                .map(DayFiles.Stored::day)
                .orElse(nothing(id));
        if (!known.isEmpty()) {
            long last = events.lastSequenceNumberFor(id.toString()).orElse(-1L);
            if (last == known.lastSequence()) {
                return known;
            }
            if (last < known.lastSequence()) {
                known = nothing(id);
            }
        }
        return readTail(known, dayFiles, logId.get());
    }

    /** Returns the identifier of the event that opened the market, which distinguishes this log from others. */
    private Optional<String> logId(Symbol symbol) {
        String known = logIds.get(symbol);
        if (known == null) {
            DomainEventStream market = events.readEvents(MarketId.of(symbol), 0);
            if (!market.hasNext()) {
                return Optional.empty();
            }
            known = market.next().getIdentifier();
            logIds.put(symbol, known);
        }
        return Optional.of(known);
    }

    private static CandleDay nothing(MarketDayId id) {
        return new CandleDay(id, -1, new CandleColumns(0));
    }

    /** Reads the events after those known. A read from a given sequence ignores snapshots. */
    private CandleDay readTail(CandleDay known, @Nullable DayFiles dayFiles, String logId) {
        DomainEventStream tail = events.readEvents(known.id().toString(), known.lastSequence() + 1);
        CandleColumns columns = known.columns().first(known.size());
        long lastSequence = known.lastSequence();
        while (tail.hasNext()) {
            DomainEventMessage<?> event = tail.next();
            if (CandlesRecorded.class.isAssignableFrom(event.getPayloadType())) {
                columns.add((CandlesRecorded) event.getPayload(), event.getSequenceNumber());
            }
            lastSequence = event.getSequenceNumber();
        }
        CandleDay day = new CandleDay(known.id(), lastSequence, columns);
        if (dayFiles != null && day.isComplete()) {
            dayFiles.write(day, logId);
        }
        return day;
    }
}
