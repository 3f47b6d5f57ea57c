package io.hindcast.projections.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.prediction.PerformanceSummary;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Signal;
import io.hindcast.projections.OpenTimeRange;
import io.hindcast.projections.market.CandleChanges;
import io.hindcast.readmodel.TableReader;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How each version did on each day that is over. A day is over once a later one has a bar; it is then summed up whole,
 * and again whenever a prediction, an outcome or a price of it changes: a function of the other tables, not of the way
 * there.
 */
final class PerformanceDays {

    private final TableWriter tables;
    private final Symbol symbol;

    PerformanceDays(TableWriter tables, Symbol symbol) {
        this.tables = tables;
        this.symbol = symbol;
    }

    private record Row(
            long openTime,
            Signal signal,
            PredictionOrigin origin,
            @Nullable Signal outcome) {}

    void update(CandleChanges candles, NavigableSet<VersionDay> changedDays) {
        if (candles.lastDay().isEmpty()) {
            return;
        }
        LocalDate today = candles.lastDay().get();
        NavigableSet<VersionDay> days = new TreeSet<>();
        changedDays.stream().filter(day -> day.day().isBefore(today)).forEach(days::add);
        days.addAll(daysWithChangedPrices(candles, today));
        Map<LocalDate, ClosingPrices> closes = new HashMap<>();
        for (VersionDay day : days) {
            ClosingPrices prices = closes.computeIfAbsent(
                    day.day(),
                    date -> ClosingPrices.read(
                            tables, symbol, List.of(new OpenTimeRange(start(date), start(date.plusDays(1))))));
            sumUp(day, prices);
        }
    }

    private List<VersionDay> daysWithChangedPrices(CandleChanges candles, LocalDate today) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        candles.spans().forEach((day, span) -> {
            days.add(day);
            // The return of a day's last bar ends with the first of the next day.
            if (span.from() == start(day)) {
                days.add(day.minusDays(1));
            }
        });
        return tables.list(
                """
                select version, day from @prediction_day
                where symbol = ? and day < ? and (day = any (?::date[]) or day >= ?)
                """,
                row -> new VersionDay(row.getString(1), row.getObject(2, LocalDate.class)),
                symbol.value(),
                today,
                List.copyOf(days),
                // Days that were not over before and are now.
                candles.lastDayBefore().orElse(LocalDate.EPOCH));
    }

    private static long start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private void sumUp(VersionDay day, ClosingPrices closes) {
        List<Row> rows = tables.list(
                """
                select open_time, signal, origin, outcome from @prediction
                where version = ? and open_time >= ? and open_time < ?
                order by open_time
                """,
                row -> {
                    @Nullable String outcome = row.getString(4);
                    return new Row(
                            TableReader.time(row, 1).toEpochMilli(),
                            Signal.valueOf(row.getString(2)),
                            PredictionOrigin.valueOf(row.getString(3)),
                            outcome == null ? null : Signal.valueOf(outcome));
                },
                day.version(),
                Instant.ofEpochMilli(start(day.day())),
                Instant.ofEpochMilli(start(day.day().plusDays(1))));
        rows.sort(Comparator.comparingLong(Row::openTime));
        PerformanceSummary live = PerformanceSummary.NONE;
        PerformanceSummary all = PerformanceSummary.NONE;
        for (Row row : rows) {
            PerformanceSummary one = PerformanceSummary.of(row.signal, row.outcome, closes.logReturn(row.openTime));
            all = all.then(one);
            if (row.origin == PredictionOrigin.LIVE) {
                live = live.then(one);
            }
        }
        write(day, false, live);
        write(day, true, all);
    }

    private void write(VersionDay day, boolean includeLate, PerformanceSummary sum) {
        tables.update(
                """
                insert into @performance_day (version, day, include_late, predictions, resolved, correct, sell, hold, buy,
                                              outcome_sell, outcome_hold, outcome_buy,
                                              flat_ends_long, flat_log_return, flat_trades,
                                              long_ends_long, long_log_return, long_trades)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (version, day, include_late) do update
                set predictions = excluded.predictions, resolved = excluded.resolved, correct = excluded.correct,
                    sell = excluded.sell, hold = excluded.hold, buy = excluded.buy,
                    outcome_sell = excluded.outcome_sell, outcome_hold = excluded.outcome_hold,
                    outcome_buy = excluded.outcome_buy, flat_ends_long = excluded.flat_ends_long,
                    flat_log_return = excluded.flat_log_return, flat_trades = excluded.flat_trades,
                    long_ends_long = excluded.long_ends_long, long_log_return = excluded.long_log_return,
                    long_trades = excluded.long_trades
                """,
                day.version(),
                day.day(),
                includeLate,
                sum.predictions(),
                sum.resolved(),
                sum.correct(),
                sum.sell(),
                sum.hold(),
                sum.buy(),
                sum.outcomeSell(),
                sum.outcomeHold(),
                sum.outcomeBuy(),
                sum.fromFlat().endsLong(),
                sum.fromFlat().logReturn(),
                sum.fromFlat().trades(),
                sum.fromLong().endsLong(),
                sum.fromLong().logReturn(),
                sum.fromLong().trades());
    }
}
