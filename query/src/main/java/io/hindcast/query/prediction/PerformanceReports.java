package io.hindcast.query.prediction;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.Slot;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PerformanceSummary;
import io.hindcast.api.prediction.PerformanceSummary.Leg;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Signal;
import io.hindcast.query.Check;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How versions did in a period: whole days that are over from their summaries, what is left at the edges from the
 * predictions themselves, put together in order of time.
 */
final class Performance {

    private final ReadModelReader readModel;

    Performance(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    /** A day or a part of one: all predictions, and the live ones only. */
    private record Part(PerformanceSummary all, PerformanceSummary live) {
        static final Part NONE = new Part(PerformanceSummary.NONE, PerformanceSummary.NONE);

        Part then(Part next) {
            return new Part(all.then(next.all), live.then(next.live));
        }

        Part withAll(PerformanceSummary summary) {
            return new Part(summary, live);
        }

        Part withLive(PerformanceSummary summary) {
            return new Part(all, summary);
        }
    }

    PerformanceReport report(FindPerformance query) {
        Check.period(query.from(), query.to());
        if (!(query.feeRate() >= 0 && query.feeRate() < 1)) {
            throw RefusedException.of("OUT_OF_RANGE", "feeRate", query.feeRate(), "from 0 to below 1");
        }
        return readModel.read(reader -> {
            Map<String, Map<LocalDate, Part>> summaries = summaries(reader, query);
            List<PerformanceReport.OfVersion> versions = new ArrayList<>();
            daysWithPredictions(reader, query).forEach((version, of) -> {
                Part sum = Part.NONE;
                Map<LocalDate, Part> known = summaries.getOrDefault(version, Map.of());
                for (LocalDate day : of.days) {
                    @Nullable Part part = known.get(day);
                    sum = sum.then(part != null ? part : rows(reader, query, version, day));
                }
                if (sum.all.predictions() > 0) {
                    versions.add(new PerformanceReport.OfVersion(
                            VersionId.parse(version),
                            of.slot,
                            query.includeLate() ? sum.all : sum.live,
                            judged(reader, query, version),
                            sum.all.predictions() - sum.live.predictions()));
                }
            });
            versions.sort(Comparator.comparing(PerformanceReport.OfVersion::version));
            return new PerformanceReport(
                    query.symbol(), query.from(), query.to(), query.feeRate(), buyAndHold(reader, query), versions);
        });
    }

    private static final class OfVersion {
        private final Optional<Slot> slot;
        private final List<LocalDate> days = new ArrayList<>();

        OfVersion(Optional<Slot> slot) {
            this.slot = slot;
        }
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Map<String, OfVersion> daysWithPredictions(TableReader reader, FindPerformance query) {
        Map<String, OfVersion> versions = new TreeMap<>();
        reader.each(
                """
                select d.version, d.day, v.slot
                from @prediction_day d left join @model_version v on v.version = d.version
                where d.symbol = ? and d.day between ? and ? order by d.day
                """,
                row -> {
                    @Nullable String slot = row.getString(3);
                    versions.computeIfAbsent(
                                    row.getString(1),
                                    ignored -> new OfVersion(
                                            Optional.ofNullable(slot).map(Slot::valueOf)))
                            .days
                            .add(row.getObject(2, LocalDate.class));
                },
                query.symbol().value(),
                day(query.from()),
                day(query.to().minusNanos(1)));
        return versions;
    }

    /** Of days that lie within the period from midnight to midnight and are over. */
    private static Map<String, Map<LocalDate, Part>> summaries(TableReader reader, FindPerformance query) {
        LocalDate first = day(query.from());
        first = midnight(first).isBefore(query.from()) ? first.plusDays(1) : first;
        Map<String, Map<LocalDate, Part>> days = new HashMap<>();
        reader.each(
                """
                select s.version, s.day, s.include_late, s.predictions, s.resolved, s.correct, s.sell, s.hold, s.buy,
                       s.outcome_sell, s.outcome_hold, s.outcome_buy,
                       s.flat_ends_long, s.flat_log_return, s.flat_trades,
                       s.long_ends_long, s.long_log_return, s.long_trades
                from @prediction_day d join @performance_day s on s.version = d.version and s.day = d.day
                where d.symbol = ? and d.day >= ? and d.day < ?
                """,
                row -> days.computeIfAbsent(row.getString(1), ignored -> new HashMap<>())
                        .merge(
                                row.getObject(2, LocalDate.class),
                                row.getBoolean(3) ? Part.NONE.withAll(summary(row)) : Part.NONE.withLive(summary(row)),
                                (a, b) -> new Part(
                                        a.all.equals(PerformanceSummary.NONE) ? b.all : a.all,
                                        a.live.equals(PerformanceSummary.NONE) ? b.live : a.live)),
                query.symbol().value(),
                first,
                day(query.to()));
        return days;
    }

    private static PerformanceSummary summary(ResultSet row) throws SQLException {
        return new PerformanceSummary(
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                new Leg(row.getBoolean(13), row.getDouble(14), row.getLong(15)),
                new Leg(row.getBoolean(16), row.getDouble(17), row.getLong(18)));
    }

    private static Part rows(TableReader reader, FindPerformance query, String version, LocalDate day) {
        Instant from = midnight(day).isBefore(query.from()) ? query.from() : midnight(day);
        Instant to = midnight(day.plusDays(1)).isAfter(query.to()) ? query.to() : midnight(day.plusDays(1));
        // Two plain ranges rather than a join: statistics that a young table lacks cannot spoil them.
        Map<Long, Double> closes = new HashMap<>();
        reader.each(
                """
                select extract(epoch from open_time)::bigint, close::float8
                from @candle where symbol = ? and open_time >= ? and open_time <= ?
                """,
                row -> closes.put(row.getLong(1), row.getDouble(2)),
                query.symbol().value(),
                from,
                to);
        List<Part> sum = new ArrayList<>(List.of(Part.NONE));
        reader.each(
                """
                select extract(epoch from open_time)::bigint, signal, outcome, origin
                from @prediction where version = ? and open_time >= ? and open_time < ? order by open_time
                """,
                row -> {
                    long openTime = row.getLong(1);
                    @Nullable String outcome = row.getString(3);
                    double now = closes.getOrDefault(openTime, 0.0);
                    double next = closes.getOrDefault(openTime + 60, 0.0);
                    PerformanceSummary one = PerformanceSummary.of(
                            Signal.valueOf(row.getString(2)),
                            outcome == null ? null : Signal.valueOf(outcome),
                            now > 0 && next > 0 ? StrictMath.log(next / now) : 0);
                    boolean isLive = PredictionOrigin.valueOf(row.getString(4)) == PredictionOrigin.LIVE;
                    sum.set(0, sum.getFirst().then(new Part(one, isLive ? one : PerformanceSummary.NONE)));
                },
                version,
                from,
                to);
        return sum.getFirst();
    }

    /** Along the primary key from both ends: what does not count there is a backfill at most. */
    private static Optional<PerformanceReport.Bars> judged(TableReader reader, FindPerformance query, String version) {
        String openTime = """
                select open_time from @prediction
                where version = ? and open_time >= ? and open_time < ? and outcome is not null
                and (? or origin = 'LIVE') order by open_time\s""";
        Optional<Instant> first = edge(reader, openTime + "limit 1", query, version);
        return first.flatMap(from -> edge(reader, openTime + "desc limit 1", query, version)
                .map(to -> new PerformanceReport.Bars(from, to)));
    }

    private static Optional<Instant> edge(TableReader reader, String sql, FindPerformance query, String version) {
        return reader.first(
                sql, row -> TableReader.time(row, 1), version, query.from(), query.to(), query.includeLate());
    }

    private static Optional<Double> buyAndHold(TableReader reader, FindPerformance query) {
        String close =
                "select close::float8 from @candle where symbol = ? and open_time >= ? and open_time < ? order by ";
        Optional<Double> first = reader.first(
                close + "open_time limit 1",
                row -> row.getDouble(1),
                query.symbol().value(),
                query.from(),
                query.to());
        Optional<Double> last = reader.first(
                close + "open_time desc limit 1",
                row -> row.getDouble(1),
                query.symbol().value(),
                query.from(),
                query.to());
        double kept = 1 - query.feeRate();
        return first.flatMap(bought -> last.map(sold -> sold / bought * kept * kept - 1));
    }
}
