package io.hindcast.query.prediction;

import io.hindcast.api.RefusedException;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.FindPredictions;
import io.hindcast.api.prediction.FindSignals;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.PredictionPage;
import io.hindcast.api.prediction.PredictionView;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.api.prediction.SignalChart;
import io.hindcast.query.Check;
import io.hindcast.query.QueryProperties;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Answers about predictions. */
public final class PredictionQueries {

    private static final int MAX_PAGE = 2_000;
    private static final Instant FOREVER = Instant.ofEpochSecond(253_402_300_799L);

    private final ReadModelReader readModel;
    private final SignalCharts charts;
    private final Performance performance;

    public PredictionQueries(ReadModelReader readModel, QueryProperties properties) {
        this.readModel = readModel;
        this.charts = new SignalCharts(readModel, properties);
        this.performance = new Performance(readModel);
    }

    @QueryHandler
    public SignalChart handle(FindSignals query) {
        return charts.chart(query);
    }

    @QueryHandler
    public PerformanceReport handle(FindPerformance query) {
        return performance.report(query);
    }

    private record Place(Instant openTime, String version) {
        static Place parse(String text) {
            int cut = text.indexOf('|');
            return new Place(
                    Instant.ofEpochMilli(Long.parseLong(text.substring(0, cut))),
                    VersionId.parse(text.substring(cut + 1)).toString());
        }

        static String of(PredictionView prediction) {
            return Check.cursor(prediction.openTime().toEpochMilli() + "|" + prediction.version());
        }
    }

    @QueryHandler
    public PredictionPage handle(FindPredictions query) {
        Check.range("first", query.first(), 1, MAX_PAGE);
        Check.period(query.from(), query.to());
        query.version()
                .filter(version -> !version.model().symbol().equals(query.symbol()))
                .ifPresent(version -> {
                    throw RefusedException.of("BAD_VERSION", "version", version, "a version on " + query.symbol());
                });
        // Before the first: no version sorts before the empty text.
        Place after = Check.after(query.after(), Place::parse).orElse(new Place(query.from(), ""));
        if (after.openTime.isBefore(query.from())) {
            after = new Place(query.from(), "");
        }
        Place place = after;
        List<PredictionView> found = readModel.read(reader -> {
            List<String> versions = query.version()
                    .map(version -> List.of(version.toString()))
                    .orElseGet(() -> versions(reader, query));
            return page(reader, query, versions, place);
        });
        List<PredictionView> page = found.subList(0, Math.min(found.size(), query.first()));
        return new PredictionPage(page, page.stream().map(Place::of).toList(), found.size() > page.size());
    }

    private static List<String> versions(TableReader reader, FindPredictions query) {
        LocalDate first = query.from().atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate last = query.to().atZone(ZoneOffset.UTC).toLocalDate();
        return reader.list(
                "select distinct version from @prediction_day where symbol = ? and day between ? and ?",
                row -> row.getString(1),
                query.symbol().value(),
                first,
                last);
    }

    /** A few rows of each version by its own index range, then the first of them all. */
    private static List<PredictionView> page(
            TableReader reader, FindPredictions query, List<String> versions, Place after) {
        Instant asOf = query.asOf().orElse(FOREVER);
        return reader.list(
                """
                select p.*
                from unnest(?::text[]) as wanted (version)
                cross join lateral (
                    select version, open_time, signal, sell, hold, buy, origin, recorded_at, bar_revision, scorer,
                           case when outcome_known_at <= ? then outcome end,
                           case when outcome_known_at <= ? then outcome_return end
                    from @prediction
                    where version = wanted.version and open_time >= ? and open_time < ? and recorded_at <= ?
                      and (open_time > ? or version > ?::text collate "C")
                    order by open_time
                    limit ?
                ) p
                order by p.open_time, p.version
                limit ?
                """,
                PredictionQueries::prediction,
                versions,
                asOf,
                asOf,
                after.openTime,
                query.to(),
                asOf,
                after.openTime,
                after.version,
                query.first() + 1,
                query.first() + 1);
    }

    private static PredictionView prediction(ResultSet row) throws SQLException {
        @Nullable String outcome = row.getString(11);
        return new PredictionView(
                VersionId.parse(row.getString(1)),
                TableReader.time(row, 2),
                Signal.valueOf(row.getString(3)),
                new Probabilities(row.getDouble(4), row.getDouble(5), row.getDouble(6)),
                PredictionOrigin.valueOf(row.getString(7)),
                TableReader.time(row, 8),
                row.getInt(9),
                row.getString(10),
                Optional.ofNullable(outcome).map(Signal::valueOf),
                Optional.ofNullable(row.getObject(12, Double.class)));
    }
}
