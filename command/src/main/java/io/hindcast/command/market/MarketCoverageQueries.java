package io.hindcast.command.market;

import io.hindcast.api.market.CandlesRecorded;
import io.hindcast.api.market.FindMarketCoverage;
import io.hindcast.api.market.GapConfirmed;
import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketCoverage;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.MarketId;
import io.hindcast.api.market.MarketWentLive;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryHandler;

/**
 * Answers queries for a market's coverage from the log: one look-up a day to find the last day, then the events of a
 * few days. A feed resumes from this answer, so it must not come from a read model, which may be empty or behind while
 * it is rebuilt.
 */
public class MarketCoverageQueries {

    private final EventStore events;

    public MarketCoverageQueries(EventStore events) {
        this.events = events;
    }

    /** The minutes of one day that are held, and those confirmed to have no bar. */
    private static final class Day {
        final BitSet held = new BitSet();
        final BitSet none = new BitSet();
    }

    @QueryHandler
    MarketCoverage handle(FindMarketCoverage query) {
        Symbol symbol = query.symbol();
        boolean opened = false;
        Optional<Instant> liveFrom = Optional.empty();
        for (DomainEventStream market = events.readEvents(MarketId.of(symbol), 0); market.hasNext(); ) {
            opened = true;
            if (market.next().getPayload() instanceof MarketWentLive live) {
                liveFrom = Optional.of(live.liveFrom());
            }
        }
        if (!opened) {
            return new MarketCoverage(symbol, false, Optional.empty(), Optional.empty(), Optional.empty());
        }
        LocalDate notAfter =
                liveFrom.map(live -> lastDayFrom(symbol, UtcDay.of(live))).orElse(query.until());
        LocalDate first = liveFrom.map(live -> UtcDay.of(live).minusDays(query.lookBackDays()))
                .filter(day -> day.isBefore(query.from()))
                .orElse(query.from());
        for (LocalDate day = notAfter; !day.isBefore(first); day = day.minusDays(1)) {
            Day last = read(symbol, day);
            if (!last.held.isEmpty()) {
                int minute = last.held.length() - 1;
                return new MarketCoverage(
                        symbol,
                        true,
                        liveFrom,
                        Optional.of(id(symbol, day).openTime(minute)),
                        missingFrom(symbol, day, last, day.minusDays(query.lookBackDays())));
            }
        }
        return new MarketCoverage(symbol, true, liveFrom, Optional.empty(), Optional.empty());
    }

    /**
     * Returns the last day with events, by doubling steps from a day on which the market was live. From there on every
     * day up to the last has events: a live feed records each minute or reports it as missing.
     */
    private LocalDate lastDayFrom(Symbol symbol, LocalDate day) {
        LocalDate last = day;
        long step = 1;
        while (hasEvents(symbol, last.plusDays(step))) {
            last = last.plusDays(step);
            step *= 2;
        }
        while (step > 1) {
            step /= 2;
            if (hasEvents(symbol, last.plusDays(step))) {
                last = last.plusDays(step);
            }
        }
        return last;
    }

    private Optional<Instant> missingFrom(Symbol symbol, LocalDate lastDay, Day last, LocalDate back) {
        boolean begun = hasEvents(symbol, back.minusDays(1));
        for (LocalDate day = back; !day.isAfter(lastDay); day = day.plusDays(1)) {
            Day searched = day.equals(lastDay) ? last : read(symbol, day);
            // Minutes before a market's very first bar are not missing.
            int from = begun ? 0 : Math.max(0, searched.held.nextSetBit(0));
            int to = day.equals(lastDay) ? last.held.length() : Interval.ONE_MINUTE.perDay();
            if (begun || !searched.held.isEmpty()) {
                begun = true;
                BitSet known = new BitSet();
                known.or(searched.held);
                known.or(searched.none);
                int missing = known.nextClearBit(from);
                if (missing < to) {
                    return Optional.of(id(symbol, day).openTime(missing));
                }
            }
        }
        return Optional.empty();
    }

    private Day read(Symbol symbol, LocalDate date) {
        Day day = new Day();
        for (DomainEventStream stream = events.readEvents(id(symbol, date).toString(), 0); stream.hasNext(); ) {
            switch (stream.next().getPayload()) {
                case CandlesRecorded recorded -> recorded.candles().minute().forEach(day.held::set);
                case GapConfirmed gap -> day.none.set(gap.fromMinute(), gap.toMinute() + 1);
                default -> {}
            }
        }
        return day;
    }

    private boolean hasEvents(Symbol symbol, LocalDate day) {
        return events.lastSequenceNumberFor(id(symbol, day).toString()).isPresent();
    }

    private static MarketDayId id(Symbol symbol, LocalDate day) {
        return new MarketDayId(symbol, Interval.ONE_MINUTE, day);
    }
}
