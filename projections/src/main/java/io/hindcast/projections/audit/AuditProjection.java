package io.hindcast.projections.audit;

import io.hindcast.api.audit.AuditCancelled;
import io.hindcast.api.audit.AuditCompleted;
import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDaysCompared;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.audit.AuditFailed;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditRequested;
import io.hindcast.projections.JsonColumn;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;

/** Writes audits, their days and differences. These events are rare, so each is written at once. */
public final class AuditProjection {

    private final TableWriter tables;

    public AuditProjection(TableWriter tables) {
        this.tables = tables;
    }

    public void on(AuditEvent event) {
        switch (event) {
            case AuditRequested requested -> insert(requested);
            case AuditDaysCompared compared -> compared.days().forEach(day -> insert(compared.audit(), day));
            case AuditCompleted completed ->
                tables.update(
                        """
                        update @audit set state = 'COMPLETED', recorded = ?, recomputed = ?, ended_at = ? where audit = ?
                        """,
                        completed.result().recordedDigest(),
                        completed.result().recomputedDigest(),
                        completed.completedAt(),
                        completed.audit().toString());
            case AuditCancelled cancelled ->
                end(cancelled.audit(), "CANCELLED", cancelled.reason(), cancelled.cancelledAt());
            case AuditFailed failed -> end(failed.audit(), "FAILED", failed.reason(), failed.failedAt());
        }
    }

    private void insert(AuditRequested event) {
        tables.update(
                """
                insert into @audit (audit, symbol, version, state, reason, requested_at)
                values (?, ?, ?, 'RUNNING', ?, ?) on conflict (audit) do nothing
                """,
                event.audit().toString(),
                event.symbol().value(),
                event.audit().version().toString(),
                event.reason(),
                event.requestedAt());
    }

    private void insert(AuditId audit, AuditDay day) {
        AuditCounts counts = day.counts();
        tables.update(
                """
                insert into @audit_day (audit, day, exact, close, near_ties, different, missing, extra, recorded, recomputed)
                values (?, ?::date, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (audit, day) do nothing
                """,
                audit.toString(),
                day.day().toString(),
                counts.exact(),
                counts.close(),
                counts.nearTies(),
                counts.different(),
                counts.missing(),
                counts.extra(),
                day.recordedDigest(),
                day.recomputedDigest());
        for (int number = 0; number < day.differences().size(); number++) {
            tables.update(
                    """
                    insert into @audit_difference (audit, day, number, difference) values (?, ?::date, ?, ?::jsonb)
                    on conflict (audit, day, number) do nothing
                    """,
                    audit.toString(),
                    day.day().toString(),
                    number,
                    JsonColumn.of(day.differences().get(number)));
        }
    }

    private void end(AuditId audit, String state, String note, Instant endedAt) {
        tables.update(
                "update @audit set state = ?, note = ?, ended_at = ? where audit = ?",
                state,
                note,
                endedAt,
                audit.toString());
    }
}
