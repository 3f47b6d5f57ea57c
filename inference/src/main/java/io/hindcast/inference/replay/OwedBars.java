package io.hindcast.inference.replay;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.LogPosition;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.model.VersionCoverage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;

/**
 * The bars that a version should have a prediction of: those that its lane handled, and those of its completed
 * backfills. A bar of another day than a lane's cut was recorded at or before the cut if it became known no later than
 * the cut's own bars.
 */
final class OwedBars {

    /** Age from which a bar is owed; a lane may still be about to predict a later one. */
    static final Duration SETTLED = Duration.ofMinutes(10);

    private final List<Span> spans;
    private final List<Backfill> backfills;
    /** Bars that became known later are left out, milliseconds since 1970. */
    private final long until;

    /** Bars after one candle event, up to and including another one; each with the moment it became known. */
    private record Span(LogPosition joined, long from, LogPosition left, long to) {}

    OwedBars(VersionCoverage coverage, CandleLog candles, Instant requestedAt) {
        this.spans = coverage.lanes().stream()
                .map(lane -> {
                    LogPosition joined = lane.joined().cut();
                    LogPosition left = lane.left()
                            .map(event -> event.cut())
                            .orElse(new LogPosition(joined.aggregateId(), Long.MAX_VALUE));
                    long to = lane.left().isEmpty() ? Long.MAX_VALUE : knownAt(left, candles);
                    return new Span(joined, knownAt(joined, candles), left, to);
                })
                .toList();
        this.backfills = coverage.backfills();
        this.until = requestedAt.minus(SETTLED).toEpochMilli();
    }

    private static long knownAt(LogPosition position, CandleLog candles) {
        CandleDay day = candles.read(position);
        long latest = Long.MIN_VALUE;
        for (int row = 0; row < day.size(); row++) {
            latest = Math.max(latest, day.knownAt(row));
        }
        return latest;
    }

    /** Returns the minutes of a day. */
    BitSet of(CandleDay day) {
        BitSet owed = new BitSet();
        for (int row = 0; row < day.size(); row++) {
            if (day.revision(row) == 0 && day.knownAt(row) <= until && (isBackfilled(day, row) || isOfLane(day, row))) {
                owed.set(day.minute(row));
            }
        }
        return owed;
    }

    /** Returns whether a lane can have predicted a bar of a day. */
    boolean mayHoldLane(CandleDay day) {
        for (int row = 0; row < day.size(); row++) {
            long known = day.knownAt(row);
            if (day.revision(row) == 0 && spans.stream().anyMatch(span -> known >= span.from && known <= span.to)) {
                return true;
            }
        }
        return false;
    }

    private boolean isBackfilled(CandleDay day, int row) {
        LocalDate date = day.id().day();
        return backfills.stream()
                .anyMatch(backfill -> !date.isBefore(UtcDay.of(backfill.from()))
                        && day.knownAt(row) <= backfill.to().toEpochMilli());
    }

    private boolean isOfLane(CandleDay day, int row) {
        return spans.stream()
                .anyMatch(span -> isAfter(day, row, span.joined, span.from) && !isAfter(day, row, span.left, span.to));
    }

    private static boolean isAfter(CandleDay day, int row, LogPosition cut, long knownAt) {
        return cut.aggregateId().equals(day.id().toString())
                ? day.sequence(row) > cut.sequence()
                : day.knownAt(row) > knownAt;
    }
}
