package io.hindcast.projections.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.InSample;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.prediction.PerformanceReport.Bars;
import io.hindcast.api.prediction.PerformanceReport.Part;
import io.hindcast.api.prediction.PerformanceSummary;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Signal;
import io.hindcast.projections.OpenTimeRange;
import io.hindcast.projections.market.CandleChanges;
import io.hindcast.readmodel.TableReader;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the performance of each version on each completed day. A day is completed once a later day has a bar; it is
 * then summarised as a whole, and again whenever one of its predictions, outcomes or prices changes. The result is a
 * function of the other tables and does not depend on the order of events.
 */
final class DailyPerformance {

    private final TableWriter tables;
    private final Symbol symbol;

    DailyPerformance(TableWriter tables, Symbol symbol) {
        this.tables = tables;
        this.symbol = symbol;
    }

    private record Row(
            long openTime,
            Signal signal,
            PredictionOrigin origin,
            @Nullable Signal outcome,
            Instant knownAt) {}

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
                            tables, symbol, List.of(OpenTimeRange.of(UtcDay.start(date), UtcDay.end(date)))));
            summarise(day, prices);
        }
    }

    private List<VersionDay> daysWithChangedPrices(CandleChanges candles, LocalDate today) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        candles.ranges().forEach((day, range) -> {
            days.add(day);
            // The return of a day's last bar ends with the first of the next day.
            if (range.first().equals(UtcDay.start(day))) {
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
                // Days that the batch completed.
                candles.lastDayBefore().orElse(LocalDate.EPOCH));
    }

    private void summarise(VersionDay day, ClosingPrices closes) {
        List<Row> rows = tables.list(
                """
                select open_time, signal, origin, outcome, greatest(recorded_at, outcome_known_at) from @prediction
                where version = ? and open_time >= ? and open_time < ?
                order by open_time
                """,
                row -> {
                    @Nullable String outcome = row.getString(4);
                    return new Row(
                            TableReader.time(row, 1).toEpochMilli(),
                            Signal.valueOf(row.getString(2)),
                            PredictionOrigin.valueOf(row.getString(3)),
                            outcome == null ? null : Signal.valueOf(outcome),
                            TableReader.time(row, 5));
                },
                day.version(),
                UtcDay.start(day.day()),
                UtcDay.end(day.day()));
        rows.sort(Comparator.comparingLong(Row::openTime));
        Optional<InSample> inSample = inSample(day.version());
        Map<PerformanceKind, Part> summaries = new EnumMap<>(PerformanceKind.class);
        Instant knownAt = closes.knownAt();
        for (Row row : rows) {
            knownAt = row.knownAt.isAfter(knownAt) ? row.knownAt : knownAt;
            Part one = new Part(
                    PerformanceSummary.of(row.signal, row.outcome, closes.logReturn(row.openTime)),
                    Optional.ofNullable(row.outcome).map(_ -> bar(row.openTime)));
            boolean seen = inSample.filter(range -> range.contains(Instant.ofEpochMilli(row.openTime)))
                    .isPresent();
            for (PerformanceKind kind : PerformanceKind.values()) {
                if (kind.includes(row.origin, seen)) {
                    summaries.merge(kind, one, Part::then);
                }
            }
        }
        // A lane's prediction may have replaced the day's last one of another kind.
        tables.update(
                "delete from @performance_day where version = ? and day = ? and kind <> all (?::text[])",
                day.version(),
                day.day(),
                summaries.keySet().stream().map(PerformanceKind::name).toList());
        Instant known = knownAt;
        summaries.forEach((kind, part) -> write(day, kind, part, known));
    }

    private static Bars bar(long openTime) {
        Instant time = Instant.ofEpochMilli(openTime);
        return new Bars(time, time);
    }

    private Optional<InSample> inSample(String version) {
        return tables.first(
                """
                select provenance ->> 'dataFrom', provenance ->> 'inSampleTo', horizon_bars
                from @model_version where version = ?
                """,
                row -> InSample.of(Instant.parse(row.getString(1)), Instant.parse(row.getString(2)), row.getInt(3)),
                version);
    }

    private void write(VersionDay day, PerformanceKind kind, Part part, Instant knownAt) {
        PerformanceSummary summary = part.summary();
        tables.update(
                """
                insert into @performance_day (version, day, kind, predictions, resolved, correct, sell, hold, buy,
                                              outcome_sell, outcome_hold, outcome_buy,
                                              flat_ends_long, flat_log_return, flat_trades,
                                              long_ends_long, long_log_return, long_trades,
                                              judged_from, judged_to, known_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?)
                on conflict (version, day, kind) do update
                set predictions = excluded.predictions, resolved = excluded.resolved, correct = excluded.correct,
                    sell = excluded.sell, hold = excluded.hold, buy = excluded.buy,
                    outcome_sell = excluded.outcome_sell, outcome_hold = excluded.outcome_hold,
                    outcome_buy = excluded.outcome_buy, flat_ends_long = excluded.flat_ends_long,
                    flat_log_return = excluded.flat_log_return, flat_trades = excluded.flat_trades,
                    long_ends_long = excluded.long_ends_long, long_log_return = excluded.long_log_return,
                    long_trades = excluded.long_trades, judged_from = excluded.judged_from,
                    judged_to = excluded.judged_to, known_at = excluded.known_at
                """,
                day.version(),
                day.day(),
                kind,
                summary.predictions(),
                summary.resolved(),
                summary.correct(),
                summary.signals().sell(),
                summary.signals().hold(),
                summary.signals().buy(),
                summary.outcomes().sell(),
                summary.outcomes().hold(),
                summary.outcomes().buy(),
                summary.fromFlat().endsLong(),
                summary.fromFlat().logReturn(),
                summary.fromFlat().trades(),
                summary.fromLong().endsLong(),
                summary.fromLong().logReturn(),
                summary.fromLong().trades(),
                part.judged().map(Bars::first),
                part.judged().map(Bars::last),
                knownAt);
    }
}
