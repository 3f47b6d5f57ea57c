package io.hindcast.query.comparison;

import io.hindcast.api.RefusedException;
import io.hindcast.api.comparison.DisagreementPage;
import io.hindcast.api.comparison.DisagreementPage.Disagreement;
import io.hindcast.api.comparison.FindComparison;
import io.hindcast.api.comparison.FindDisagreements;
import io.hindcast.api.prediction.PerformanceKind;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Signal;
import io.hindcast.query.Page;
import io.hindcast.query.QueryArguments;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists the bars on which two versions gave different signals. */
final class Disagreements {

    private static final int MAX_PAGE = 1_000;

    private Disagreements() {}

    static DisagreementPage page(TableReader tables, FindDisagreements query) {
        FindComparison of = query.comparison();
        QueryArguments.requireRange("first", query.first(), 1, MAX_PAGE);
        of.otherFrom().ifPresent(otherFrom -> {
            throw RefusedException.of("BAD_PERIOD", "otherFrom", otherFrom, "none: two periods have no bars in common");
        });
        ComparisonReports.requireArguments(of);
        ComparedVersion first = ComparedVersion.read(tables, of.version());
        ComparedVersion other = ComparedVersion.read(tables, of.other());
        Instant after = Page.position(query.after(), text -> Instant.ofEpochMilli(Long.parseLong(text)))
                .orElse(Instant.EPOCH);
        boolean seen = of.kind() == PerformanceKind.IN_SAMPLE;
        boolean otherSeen = of.otherKind() == PerformanceKind.IN_SAMPLE;
        List<Disagreement> found = tables.list(
                """
                select a.open_time, a.signal, greatest(a.sell, a.hold, a.buy),
                       b.signal, greatest(b.sell, b.hold, b.buy),
                       a.outcome, b.outcome
                from @prediction a join @prediction b on b.open_time = a.open_time
                where a.version = ? and b.version = ? and a.signal <> b.signal
                  and a.open_time >= ? and a.open_time < ? and a.open_time > ?
                  and b.open_time >= ? and b.open_time < ? and b.open_time > ?
                  and (a.open_time between ? and ?) = ? and a.origin = any (?::text[])
                  and (b.open_time between ? and ?) = ? and b.origin = any (?::text[])
                order by a.open_time limit ?
                """,
                Disagreements::disagreement,
                of.version().toString(),
                of.other().toString(),
                of.from(),
                of.to(),
                after,
                of.from(),
                of.to(),
                after,
                first.inSample().from(),
                first.inSample().to(),
                seen,
                origins(of.kind(), seen),
                other.inSample().from(),
                other.inSample().to(),
                otherSeen,
                origins(of.otherKind(), otherSeen),
                query.first() + 1);
        Page<Disagreement> page = Page.of(
                found, query.first(), bar -> String.valueOf(bar.openTime().toEpochMilli()));
        return new DisagreementPage(page.rows(), page.cursors(), page.hasNext());
    }

    private static List<String> origins(PerformanceKind kind, boolean seen) {
        return Stream.of(PredictionOrigin.values())
                .filter(origin -> kind.includes(origin, seen))
                .map(PredictionOrigin::name)
                .toList();
    }

    private static Disagreement disagreement(ResultSet row) throws SQLException {
        return new Disagreement(
                TableReader.time(row, 1),
                Signal.valueOf(row.getString(2)),
                row.getDouble(3),
                Signal.valueOf(row.getString(4)),
                row.getDouble(5),
                signal(row.getString(6)),
                signal(row.getString(7)));
    }

    private static Optional<Signal> signal(@Nullable String name) {
        return Optional.ofNullable(name).map(Signal::valueOf);
    }
}
