package io.hindcast.inference.backfill;

import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LogPosition;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import io.hindcast.history.model.ModelHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The part of the log that a backfill owns. A version's lane predicts every candle event after the cut of its joining;
 * the backfill owns the others, however many arrive meanwhile. Within the cut's own day the sequence decides. A bar of
 * another day was recorded at or before the cut if it became known no later than the cut's own bars, since market time
 * never goes back for a symbol. A requested backfill owns what became known up to the request.
 *
 * @param from first UTC day
 * @param to last UTC day
 * @param until moment up to which bars and texts became known, milliseconds since 1970
 * @param cut last candle event before the lane, for the backfill of a lane that has just joined
 * @param laneFrom moment at which the last bar before the version's first lane became known, milliseconds since 1970;
 *     its lanes predicted no bar known earlier
 */
record BackfillScope(LocalDate from, LocalDate to, long until, Optional<LogPosition> cut, long laneFrom) {

    /** @param lookback age of the oldest bars and texts to be covered */
    static BackfillScope of(ModelHistory.Version version, CandleLog candles, Duration lookback) {
        LogPosition joined = version.joined().orElseThrow();
        long laneFrom = knownAt(version.lane().firstJoined().orElse(joined), candles);
        Optional<LogPosition> cut = version.backfillTo().isPresent() ? Optional.empty() : Optional.of(joined);
        long until = version.backfillTo().map(Instant::toEpochMilli).orElseGet(() -> knownAt(joined, candles));
        LocalDate to = UtcDay.of(Instant.ofEpochMilli(until));
        return new BackfillScope(to.minusDays(lookback.toDays()), to, until, cut, laneFrom);
    }

    /** Returns the scope of all bars since a day that became known up to a moment. */
    static BackfillScope until(ModelHistory.Version version, CandleLog candles, LocalDate from, Instant until) {
        LogPosition first = version.lane().firstJoined().orElseThrow();
        return new BackfillScope(
                from, UtcDay.of(until), until.toEpochMilli(), Optional.empty(), knownAt(first, candles));
    }

    private static long knownAt(LogPosition position, CandleLog candles) {
        CandleDay day = candles.read(position);
        long latest = Long.MIN_VALUE;
        for (int row = 0; row < day.size(); row++) {
            latest = Math.max(latest, day.knownAt(row));
        }
        return latest;
    }

    /** Returns whether the bar in a row is the backfill's; a row of a correction never is. */
    boolean owns(CandleDay day, int row) {
        if (day.revision(row) != 0) {
            return false;
        }
        boolean inCutDay =
                cut.isPresent() && cut.get().aggregateId().equals(day.id().toString());
        return inCutDay ? day.sequence(row) <= cut.get().sequence() : day.knownAt(row) <= until;
    }

    Instant end() {
        return Instant.ofEpochMilli(until);
    }
}
