package io.hindcast.query.prediction;

import io.hindcast.api.RefusedException;
import io.hindcast.api.market.UtcDay;
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
import io.hindcast.query.Page;
import io.hindcast.query.QueryArguments;
import io.hindcast.query.QueryProperties;
import io.hindcast.query.model.LiveVersion;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Query handlers for predictions, signal charts and performance. */
public final class PredictionQueries {

    private static final int MAX_PAGE = 2_000;

    private final ReadModelReader readModel;
    private final SignalCharts charts;
    private final PerformanceReports performance;

    public PredictionQueries(ReadModelReader readModel, QueryProperties properties) {
        this.readModel = readModel;
        this.charts = new SignalCharts(readModel, properties);
        this.performance = new PerformanceReports(readModel);
    }

    @QueryHandler
    public SignalChart handle(FindSignals query) {
        return charts.chart(query);
    }

    @QueryHandler
    public PerformanceReport handle(FindPerformance query) {
        return performance.report(query);
    }

    private record Position(Instant openTime, String version) {
        static Position parse(String text) {
            int cut = text.indexOf('|');
            return new Position(
                    Instant.ofEpochMilli(Long.parseLong(text.substring(0, cut))),
                    VersionId.parse(text.substring(cut + 1)).toString());
        }

        static String text(PredictionView prediction) {
            return prediction.openTime().toEpochMilli() + "|" + prediction.version();
        }
    }

    @QueryHandler
    public PredictionPage handle(FindPredictions query) {
        QueryArguments.requireRange("first", query.first(), 1, MAX_PAGE);
        QueryArguments.requirePeriod(query.from(), query.to());
        query.version()
                .filter(version -> !version.model().symbol().equals(query.symbol()))
                .ifPresent(version -> {
                    throw RefusedException.of("BAD_VERSION", "version", version, "a version on " + query.symbol());
                });
        // Sorts before the first prediction: the empty text sorts before every version.
        Position after = Page.position(query.after(), Position::parse).orElse(new Position(query.from(), ""));
        if (after.openTime.isBefore(query.from())) {
            after = new Position(query.from(), "");
        }
        Position position = after;
        List<PredictionView> found = readModel.read(query.asOf(), tables -> {
            List<String> versions = query.version()
                    .map(version -> List.of(version.toString()))
                    .orElseGet(() -> versions(tables, query));
            return page(tables, query, versions, position);
        });
        Page<PredictionView> page = Page.of(found, query.first(), Position::text);
        return new PredictionPage(page.rows(), page.cursors(), page.hasNext());
    }

    private static List<String> versions(TableReader tables, FindPredictions query) {
        LocalDate first = UtcDay.of(query.from());
        LocalDate last = UtcDay.of(query.to());
        return tables.list(
                "select distinct version from @prediction_day where symbol = ? and day between ? and ?",
                row -> row.getString(1),
                query.symbol().value(),
                first,
                last);
    }

    /** Reads the next rows of each version along its index and returns the first of all of them. */
    private static List<PredictionView> page(
            TableReader tables, FindPredictions query, List<String> versions, Position after) {
        return tables.list(
                """
                select p.*, v.provenance ->> 'dataFrom', v.provenance ->> 'inSampleTo', v.horizon_bars
                from unnest(?::text[]) as wanted (version)
                join @model_version v on v.version = wanted.version
                cross join lateral (
                    select version, open_time, signal, sell, hold, buy, origin, recorded_at, bar_revision, scorer,
                           outcome, outcome_return
                    from @prediction
                    where version = wanted.version and open_time >= ? and open_time < ?
                      and (open_time > ? or version > ?::text collate "C")
                    order by open_time
                    limit ?
                ) p
                order by p.open_time, p.version
                limit ?
                """,
                PredictionQueries::prediction,
                versions,
                after.openTime,
                query.to(),
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
                Optional.of(LiveVersion.inSample(row, 13).contains(TableReader.time(row, 2))),
                TableReader.time(row, 8),
                row.getInt(9),
                row.getString(10),
                Optional.ofNullable(outcome).map(Signal::valueOf),
                Optional.ofNullable(row.getObject(12, Double.class)));
    }
}
