package io.hindcast.query.prediction;

import io.hindcast.api.model.InSample;
import io.hindcast.api.prediction.FindPerformance;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.prediction.PerformanceReport;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.readmodel.TableReader;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the first and the last bar of a period with a resolved prediction of one version and kind. */
record ResolvedBars(TableReader tables, FindPerformance query, String version, InSample inSample) {

    /** Reads the primary key from both ends; only predictions of other kinds have to be skipped there. */
    Optional<PerformanceReport.Bars> of(PerformanceKind kind) {
        Optional<Instant> first = edge("limit 1", kind);
        return first.flatMap(from -> edge("desc limit 1", kind).map(to -> new PerformanceReport.Bars(from, to)));
    }

    private Optional<Instant> edge(String order, PerformanceKind kind) {
        boolean seen = kind == PerformanceKind.IN_SAMPLE;
        return tables.first(
                """
                select open_time from @prediction
                where version = ? and open_time >= ? and open_time < ? and outcome is not null
                  and (open_time between ? and ?) = ? and origin = any (?::text[])
                order by open_time\s""" + order,
                row -> TableReader.time(row, 1),
                version,
                query.from(),
                query.to(),
                inSample.from(),
                inSample.to(),
                seen,
                Stream.of(PredictionOrigin.values())
                        .filter(origin -> kind.includes(origin, seen))
                        .map(PredictionOrigin::name)
                        .toList());
    }
}
