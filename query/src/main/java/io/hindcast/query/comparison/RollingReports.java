package io.hindcast.query.comparison;

import io.hindcast.api.comparison.FindRollingScores;
import io.hindcast.api.comparison.RollingScores;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.ml.evaluate.ScoreTally;
import io.hindcast.query.QueryArguments;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Scores a version over windows of whole days, which are made of the tallies of single days. */
final class RollingReports {

    static final int MAX_DAYS = 31;
    private static final Set<PerformanceKind> KINDS =
            EnumSet.of(PerformanceKind.LIVE, PerformanceKind.RECONCILED, PerformanceKind.IN_SAMPLE);

    private RollingReports() {}

    private static final class Day {
        private final ScoreTally tally = new ScoreTally();
        private double gain;
        private double change;
    }

    static RollingScores report(TableReader tables, FindRollingScores query) {
        ComparedVersion.requireArguments(query.from(), query.to(), query.feeRate());
        QueryArguments.requireRange("days", query.days(), 1, MAX_DAYS);
        ComparedVersion version = ComparedVersion.read(tables, query.version());
        Map<PerformanceKind, PredictedBars> kinds =
                PredictedBars.read(tables, version, KINDS, query.from(), query.to());
        Closes closes = Closes.read(tables, query.version().model().symbol(), query.from(), query.to());
        List<RollingScores.Series> series = new ArrayList<>();
        kinds.forEach((kind, bars) -> {
            if (bars.size() > 0) {
                series.add(new RollingScores.Series(kind, windows(days(bars, closes, query.feeRate()), query.days())));
            }
        });
        return new RollingScores(query.version(), query.days(), query.feeRate(), series);
    }

    private static NavigableMap<LocalDate, Day> days(PredictedBars bars, Closes closes, double feeRate) {
        Trading trading = Trading.follow(bars, closes, feeRate, bars::signal);
        NavigableMap<LocalDate, Day> days = new TreeMap<>();
        for (int row = 0; row < bars.size(); row++) {
            int minute = bars.minute(row);
            Day day = days.computeIfAbsent(UtcDay.of(Instant.ofEpochSecond(60L * minute)), date -> new Day());
            bars.addTo(day.tally, row);
            day.gain += trading.afterFees()[row];
            day.change += closes.nextLogReturn(minute);
        }
        return days;
    }

    private static List<RollingScores.Window> windows(NavigableMap<LocalDate, Day> days, int length) {
        List<RollingScores.Window> windows = new ArrayList<>();
        for (LocalDate last : days.keySet()) {
            ScoreTally tally = new ScoreTally();
            double gain = 0;
            double change = 0;
            for (Day day :
                    days.subMap(last.minusDays(length - 1L), true, last, true).values()) {
                tally.add(day.tally);
                gain += day.gain;
                change += day.change;
            }
            windows.add(new RollingScores.Window(
                    last,
                    tally.scores(),
                    tally.share(tally.majority()),
                    tally.constantLogLoss(),
                    Trading.profit(gain),
                    Trading.profit(change)));
        }
        return windows;
    }
}
