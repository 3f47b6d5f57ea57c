package io.hindcast.query.audit;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDetails;
import io.hindcast.api.audit.AuditDifference;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditPage;
import io.hindcast.api.audit.AuditResult;
import io.hindcast.api.audit.AuditState;
import io.hindcast.api.audit.AuditView;
import io.hindcast.api.audit.FindAudit;
import io.hindcast.api.audit.FindAudits;
import io.hindcast.query.JsonColumn;
import io.hindcast.query.Page;
import io.hindcast.query.QueryArguments;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Query handler for audits. */
public final class AuditQueries {

    private static final TypeReference<AuditDifference> DIFFERENCE = new TypeReference<>() {};

    private static final String AUDIT = """
            select a.audit, a.state, a.reason, a.requested_at, a.recorded, a.recomputed, a.note, a.ended_at,
                   d.days, d.exact, d.close, d.near_ties, d.different, d.missing, d.extra
            from @audit a cross join lateral (
                select count(*) days, coalesce(sum(exact), 0) exact, coalesce(sum(close), 0) close,
                       coalesce(sum(near_ties), 0) near_ties, coalesce(sum(different), 0) different,
                       coalesce(sum(missing), 0) missing, coalesce(sum(extra), 0) extra
                from @audit_day where audit = a.audit) d
            """;

    private final ReadModelReader readModel;

    public AuditQueries(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    /** Position of an audit in the list. */
    private record Position(Instant requestedAt, String audit) {
        static Position parse(String text) {
            int cut = text.indexOf(' ');
            return new Position(Instant.parse(text.substring(0, cut)), text.substring(cut + 1));
        }
    }

    @QueryHandler
    public AuditPage handle(FindAudits query) {
        QueryArguments.requireRange("first", query.first(), 1, 200);
        Optional<Position> after = Page.position(query.after(), Position::parse);
        List<AuditView> found = readModel.read(tables -> tables.list(
                AUDIT + """
                where a.symbol = ? and (?::text is null or a.version = ?::text) and (?::text is null or a.state = ?::text)
                  and (?::timestamptz is null or (a.requested_at, a.audit) < (?::timestamptz, ?::text))
                order by a.requested_at desc, a.audit desc limit ?
                """,
                AuditQueries::view,
                query.symbol().value(),
                query.version().map(Object::toString).orElse(null),
                query.version().map(Object::toString).orElse(null),
                query.state().map(Object::toString).orElse(null),
                query.state().map(Object::toString).orElse(null),
                after.map(Position::requestedAt).orElse(null),
                after.map(Position::requestedAt).orElse(null),
                after.map(Position::audit).orElse(null),
                query.first() + 1));
        Page<AuditView> page = Page.of(found, query.first(), audit -> audit.requestedAt() + " " + audit.audit());
        return new AuditPage(page.rows(), page.cursors(), page.hasNext());
    }

    @QueryHandler
    public Optional<AuditDetails> handle(FindAudit query) {
        String audit = query.audit().toString();
        return readModel.read(tables -> tables.first(AUDIT + "where a.audit = ?", AuditQueries::view, audit)
                .map(view -> new AuditDetails(view, days(tables, audit))));
    }

    private static List<AuditDay> days(TableReader tables, String audit) {
        Map<LocalDate, List<AuditDifference>> differences = new HashMap<>();
        tables.list(
                "select day::text, difference from @audit_difference where audit = ? order by day, number",
                row -> differences
                        .computeIfAbsent(LocalDate.parse(row.getString(1)), _ -> new ArrayList<>())
                        .add(JsonColumn.read(row, 2, DIFFERENCE).orElseThrow()),
                audit);
        return tables.list(
                """
                select day::text, recorded, recomputed, exact, close, near_ties, different, missing, extra
                from @audit_day where audit = ? order by day
                """,
                row -> {
                    LocalDate day = LocalDate.parse(row.getString(1));
                    return new AuditDay(
                            day,
                            counts(row, 4),
                            row.getString(2),
                            row.getString(3),
                            differences.getOrDefault(day, List.of()));
                },
                audit);
    }

    private static AuditView view(ResultSet row) throws SQLException {
        AuditCounts counts = counts(row, 10);
        return new AuditView(
                AuditId.parse(row.getString(1)),
                AuditState.valueOf(row.getString(2)),
                row.getString(3),
                TableReader.time(row, 4),
                row.getInt(9),
                counts,
                row.getString(5) == null
                        ? Optional.empty()
                        : Optional.of(new AuditResult(counts, row.getString(5), row.getString(6))),
                Optional.ofNullable(row.getString(7)),
                TableReader.optionalTime(row, 8));
    }

    private static AuditCounts counts(ResultSet row, int from) throws SQLException {
        return new AuditCounts(
                row.getInt(from),
                row.getInt(from + 1),
                row.getInt(from + 2),
                row.getInt(from + 3),
                row.getInt(from + 4),
                row.getInt(from + 5));
    }
}
