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
 * Recorded candles, read back from the log by the identity of their market day. Thread-safe.
 *
 * <p>With {@link DayFiles} a day that has been seen to its end is kept as a file. A file is used only if it was made
 * from this very log, and whatever the stream has gained since is added to it, so a read with files and one without
 * give the same. Days still under way, and days of a market that was never opened, are always read from the log.
 * Whoever sets a log back to an older state (a backup) and lets it go on another way deletes the files.
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

    /** All that the log holds of a day now; empty if it holds nothing. */
    public CandleDay read(MarketDayId id) {
        return files == null ? follow(nothing(id), null, "") : readWithFiles(id, files);
    }

    /** A day as it was when this event was its last. */
    public CandleDay read(LogPosition upTo) {
        return read(MarketDayId.parse(upTo.aggregateId())).upTo(upTo.sequence());
    }

    /**
     * The days {@code from} to {@code to}, both inclusive, in order, each read when the stream gets to it; empty days
     * too.
     */
    public Stream<CandleDay> days(Symbol symbol, Interval interval, LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1)).map(day -> read(new MarketDayId(symbol, interval, day)));
    }

    /** The days from {@code from} to the one of {@code upTo}, of which only what was there at that event. */
    public Stream<CandleDay> days(LocalDate from, LogPosition upTo) {
        MarketDayId last = MarketDayId.parse(upTo.aggregateId());
        return from.datesUntil(last.day().plusDays(1))
                .map(day -> day.equals(last.day())
                        ? read(upTo)
                        : read(new MarketDayId(last.symbol(), last.interval(), day)));
    }

    /**
     * Number of days, of those from {@code from} to {@code to}, both inclusive, that hold anything: one small question
     * to the log a day.
     */
    public long daysRecorded(Symbol symbol, Interval interval, LocalDate from, LocalDate to) {
        return from.datesUntil(to.plusDays(1))
                .filter(day -> events.lastSequenceNumberFor(new MarketDayId(symbol, interval, day).toString())
                        .isPresent())
                .count();
    }

    /**
     * The last event of the latest day that has any, looking back from {@code notAfter} to {@code notBefore}, one small
     * question to the log a day.
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
            return follow(nothing(id), null, "");
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
        return follow(known, dayFiles, logId.get());
    }

    /** What tells this log from others with the same symbol: the identifier of the event that opened its market. */
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

    /** Asking for a sequence, be it the first, leaves snapshots aside, which stand in for events. */
    private CandleDay follow(CandleDay known, @Nullable DayFiles dayFiles, String logId) {
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
        if (dayFiles != null && day.seenToItsEnd()) {
            dayFiles.write(day, logId);
        }
        return day;
    }
}
