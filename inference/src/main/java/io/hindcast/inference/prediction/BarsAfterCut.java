package io.hindcast.inference.prediction;

import io.hindcast.api.market.Interval;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.model.LogPosition;
import io.hindcast.history.market.CandleDay;
import io.hindcast.history.market.CandleLog;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds in the log the bars that were recorded after a cut, for a lane that joined without this process receiving the
 * answer.
 *
 * <p>Within the cut's own day the sequence decides. Events of later days all came after the cut. An event of an earlier
 * day came after it if its bars were known later than the cut's, since market time never goes back for a symbol. Of
 * earlier days only the last one is read; repairs of older ones are left to reconciliation. A bar too many is harmless,
 * because a prediction that is already recorded is dropped.
 */
final class BarsAfterCut {

    private BarsAfterCut() {}

    /** Returns the open times of first-seen bars after the cut, up to and including the day {@code to}. */
    static SortedSet<Long> find(LogPosition cut, CandleLog log, LocalDate to) {
        MarketDayId cutDay = MarketDayId.parse(cut.aggregateId());
        CandleDay seen = log.read(cut);
        long cutKnownAt = Long.MIN_VALUE;
        for (int row = 0; row < seen.size(); row++) {
            cutKnownAt = Math.max(cutKnownAt, seen.knownAt(row));
        }
        SortedSet<Long> found = new TreeSet<>();
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
                    found.add(day.openTime(row));
                }
            }
        }
        return found;
    }
}
