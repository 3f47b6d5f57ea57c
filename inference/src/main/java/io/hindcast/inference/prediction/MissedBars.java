package io.hindcast.inference.prediction;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.model.LogPosition;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/**
 * Which bars entered the log after a cut, read from the log itself: for when a lane turns out to have joined without
 * this process knowing.
 *
 * <p>Within the cut's own day the sequence decides. A later day's events all came after it. An earlier day's event came
 * after it if its bars were known later than the cut's (market time never goes back for one symbol); of those, the day
 * before is looked at, since repairs of older days are not made up for here but left to reconciliation. Naming a bar
 * too many is harmless, because a prediction that is held already is dropped.
 */
final class MissedBars {

    private MissedBars() {}

    /** Open times of first-seen bars after the cut, up to and including {@code to}. */
    static Iterable<Long> after(LogPosition cut, CandleLog log, LocalDate to) {
        MarketDayId cutDay = MarketDayId.parse(cut.aggregateId());
        CandleDay seen = log.read(cut);
        long cutKnownAt = Long.MIN_VALUE;
        for (int row = 0; row < seen.size(); row++) {
            cutKnownAt = Math.max(cutKnownAt, seen.knownAt(row));
        }
        TreeSet<Long> missed = new TreeSet<>();
        LocalDate last = to.isBefore(cutDay.day()) ? cutDay.day() : to;
        List<CandleDay> days = log.days(
                        cutDay.symbol(), Interval.ONE_MINUTE, cutDay.day().minusDays(1), last)
                .toList();
        for (CandleDay day : days) {
            int order = day.id().day().compareTo(cutDay.day());
            for (int row = 0; row < day.size(); row++) {
                boolean after = order > 0
                        || (order == 0 && day.sequence(row) > cut.sequence())
                        || (order < 0 && day.knownAt(row) > cutKnownAt);
                if (after && day.revision(row) == 0) {
                    missed.add(day.openTime(row));
                }
            }
        }
        return missed;
    }
}
