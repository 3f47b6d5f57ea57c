package io.hindcast.query.prediction;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.InSample;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PerformanceReport.Bars;
import io.hindcast.api.prediction.PerformanceReport.Part;
import io.hindcast.api.prediction.PerformanceSummary;
import io.hindcast.api.prediction.PerformanceSummary.Trading;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Signal;
import io.hindcast.api.prediction.SignalCounts;
import io.hindcast.query.QueryArguments;
import io.hindcast.query.model.LiveVersion;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The performance of versions in a period. Completed days within the period are taken from their summaries, other days
 * from the predictions themselves; both are combined in order of time.
 */
final class PerformanceReports {

    private final ReadModelReader readModel;

    PerformanceReports(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    /** Summaries of a day or a part of one, by kind; kinds without predictions are absent. */
    private record Kinds(Map<PerformanceKind, Part> parts) {
        static final Kinds NONE = new Kinds(Map.of());

        Part of(PerformanceKind kind) {
            return parts.getOrDefault(kind, Part.NONE);
        }

        Optional<Part> optional(PerformanceKind kind) {
            return Optional.ofNullable(parts.get(kind));
        }

        Kinds then(Kinds next) {
            Map<PerformanceKind, Part> both = new EnumMap<>(PerformanceKind.class);
            both.putAll(parts);
            next.parts.forEach((kind, part) -> both.merge(kind, part, Part::then));
            return new Kinds(both);
        }
    }

    PerformanceReport report(FindPerformance query) {
        QueryArguments.requirePeriod(query.from(), query.to());
        if (!(query.feeRate() >= 0 && query.feeRate() < 1)) {
            throw RefusedException.of("OUT_OF_RANGE", "feeRate", query.feeRate(), "from 0 to below 1");
        }
        return readModel.read(query.asOf(), tables -> {
            Map<String, Map<LocalDate, Kinds>> summaries = summaries(tables, query);
            List<PerformanceReport.OfVersion> versions = new ArrayList<>();
            daysWithPredictions(tables, query).forEach((version, of) -> {
                Kinds sum = Kinds.NONE;
                Map<LocalDate, Kinds> known = summaries.getOrDefault(version, Map.of());
                for (LocalDate day : of.days) {
                    @Nullable Kinds part = known.get(day);
                    sum = sum.then(part != null ? part : rows(tables, query, version, of.inSample, day));
                }
                if (!sum.parts.isEmpty()) {
                    versions.add(ofVersion(query, version, of.slot, sum));
                }
            });
            versions.sort(Comparator.comparing(PerformanceReport.OfVersion::version));
            return new PerformanceReport(
                    query.symbol(), query.from(), query.to(), query.feeRate(), buyAndHold(tables, query), versions);
        });
    }

    private static PerformanceReport.OfVersion ofVersion(
            FindPerformance query, String version, Optional<Slot> slot, Kinds sum) {
        return new PerformanceReport.OfVersion(
                VersionId.parse(version),
                slot,
                sum.of(query.includeLate() ? PerformanceKind.LANE : PerformanceKind.LIVE),
                sum.optional(PerformanceKind.RECONCILED),
                sum.optional(PerformanceKind.IN_SAMPLE),
                sum.of(PerformanceKind.LANE).summary().predictions()
                        - sum.of(PerformanceKind.LIVE).summary().predictions());
    }

    private static final class VersionDays {
        private final Optional<Slot> slot;
        private final InSample inSample;
        private final List<LocalDate> days = new ArrayList<>();

        VersionDays(Optional<Slot> slot, InSample inSample) {
            this.slot = slot;
            this.inSample = inSample;
        }
    }

    private static Map<String, VersionDays> daysWithPredictions(TableReader tables, FindPerformance query) {
        Map<String, VersionDays> versions = new TreeMap<>();
        tables.each(
                """
                select d.version, d.day, v.slot, v.provenance ->> 'dataFrom', v.provenance ->> 'inSampleTo', v.horizon_bars
                from @prediction_day d join @model_version v on v.version = d.version
                where d.symbol = ? and d.day between ? and ? order by d.day
                """,
                row -> {
                    @Nullable String slot = row.getString(3);
                    InSample inSample = LiveVersion.inSample(row, 4);
                    versions.computeIfAbsent(
                                    row.getString(1),
                                    ignored -> new VersionDays(
                                            Optional.ofNullable(slot).map(Slot::valueOf), inSample))
                            .days
                            .add(row.getObject(2, LocalDate.class));
                },
                query.symbol().value(),
                UtcDay.of(query.from()),
                UtcDay.of(query.to().minusNanos(1)));
        return versions;
    }

    /** Reads the summaries of completed days that lie within the period as a whole. */
    private static Map<String, Map<LocalDate, Kinds>> summaries(TableReader tables, FindPerformance query) {
        LocalDate first = UtcDay.of(query.from());
        first = UtcDay.start(first).isBefore(query.from()) ? first.plusDays(1) : first;
        Map<String, Map<LocalDate, Kinds>> days = new HashMap<>();
        tables.each(
                """
                select s.version, s.day, s.kind, s.predictions, s.resolved, s.correct, s.sell, s.hold, s.buy,
                       s.outcome_sell, s.outcome_hold, s.outcome_buy,
                       s.flat_ends_long, s.flat_log_return, s.flat_trades,
                       s.long_ends_long, s.long_log_return, s.long_trades, s.judged_from, s.judged_to
                from @prediction_day d join @performance_day s on s.version = d.version and s.day = d.day
                where d.symbol = ? and d.day >= ? and d.day < ?
                """,
                row -> days.computeIfAbsent(row.getString(1), ignored -> new HashMap<>())
                        .merge(
                                row.getObject(2, LocalDate.class),
                                new Kinds(Map.of(PerformanceKind.valueOf(row.getString(3)), part(row))),
                                Kinds::then),
                query.symbol().value(),
                first,
                UtcDay.of(query.to()));
        return days;
    }

    private static Part part(ResultSet row) throws SQLException {
        Optional<Instant> last = TableReader.optionalTime(row, 20);
        return new Part(
                summary(row), TableReader.optionalTime(row, 19).flatMap(from -> last.map(to -> new Bars(from, to))));
    }

    private static PerformanceSummary summary(ResultSet row) throws SQLException {
        return new PerformanceSummary(
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                new SignalCounts(row.getLong(7), row.getLong(8), row.getLong(9)),
                new SignalCounts(row.getLong(10), row.getLong(11), row.getLong(12)),
                new Trading(row.getBoolean(13), row.getDouble(14), row.getLong(15)),
                new Trading(row.getBoolean(16), row.getDouble(17), row.getLong(18)));
    }

    private static Kinds rows(
            TableReader tables, FindPerformance query, String version, InSample inSample, LocalDate day) {
        Instant from = UtcDay.start(day).isBefore(query.from()) ? query.from() : UtcDay.start(day);
        Instant to = UtcDay.end(day).isAfter(query.to()) ? query.to() : UtcDay.end(day);
        // Two queries by range rather than a join, which is planned by statistics that the tables of a new build lack.
        Map<Long, Double> closes = new HashMap<>();
        tables.each(
                """
                select extract(epoch from open_time)::bigint, close::float8
                from @candle where symbol = ? and open_time >= ? and open_time <= ?
                """,
                row -> closes.put(row.getLong(1), row.getDouble(2)),
                query.symbol().value(),
                from,
                to);
        Map<PerformanceKind, Part> sum = new EnumMap<>(PerformanceKind.class);
        tables.each(
                """
                select extract(epoch from open_time)::bigint, signal, outcome, origin
                from @prediction where version = ? and open_time >= ? and open_time < ? order by open_time
                """,
                row -> {
                    long openTime = row.getLong(1);
                    @Nullable String outcome = row.getString(3);
                    double now = closes.getOrDefault(openTime, 0.0);
                    double next = closes.getOrDefault(openTime + 60, 0.0);
                    Instant bar = Instant.ofEpochSecond(openTime);
                    Part one = new Part(
                            PerformanceSummary.of(
                                    Signal.valueOf(row.getString(2)),
                                    outcome == null ? null : Signal.valueOf(outcome),
                                    now > 0 && next > 0 ? StrictMath.log(next / now) : 0),
                            Optional.ofNullable(outcome).map(_ -> new Bars(bar, bar)));
                    boolean seen = inSample.contains(bar);
                    PredictionOrigin origin = PredictionOrigin.valueOf(row.getString(4));
                    for (PerformanceKind kind : PerformanceKind.values()) {
                        if (kind.includes(origin, seen)) {
                            sum.merge(kind, one, Part::then);
                        }
                    }
                },
                version,
                from,
                to);
        return new Kinds(sum);
    }

    private static Optional<Double> buyAndHold(TableReader tables, FindPerformance query) {
        String close =
                "select close::float8 from @candle where symbol = ? and open_time >= ? and open_time < ? order by ";
        Optional<Double> first = tables.first(
                close + "open_time limit 1",
                row -> row.getDouble(1),
                query.symbol().value(),
                query.from(),
                query.to());
        Optional<Double> last = tables.first(
                close + "open_time desc limit 1",
                row -> row.getDouble(1),
                query.symbol().value(),
                query.from(),
                query.to());
        double kept = 1 - query.feeRate();
        return first.flatMap(bought -> last.map(sold -> sold / bought * kept * kept - 1));
    }
}
