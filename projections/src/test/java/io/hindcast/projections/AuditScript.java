package io.hindcast.projections;

import io.hindcast.api.audit.AuditCancelled;
import io.hindcast.api.audit.AuditCompleted;
import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDaysCompared;
import io.hindcast.api.audit.AuditDifference;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.audit.AuditFailed;
import io.hindcast.api.audit.AuditFeature;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditRequested;
import io.hindcast.api.audit.AuditResult;
import io.hindcast.api.audit.AuditScores;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.prediction.PredictionOrigin;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Events of audits. */
public final class AuditScript {

    /** What {@link #audits} records of the first day of each audit that got that far. */
    public static final AuditCounts COUNTS = new AuditCounts(1437, 1, 0, 1, 1, 0);

    private AuditScript() {}

    /** One audit that was completed with a difference, one that was cancelled, one that failed, one that goes on. */
    public static List<AuditId> audits(MarketScript script, VersionId version, LocalDate day, Instant at) {
        List<AuditId> ids = List.of(
                AuditId.requested(version, day, day.plusDays(2), at),
                AuditId.requested(version, day, day.plusDays(1), at.plusSeconds(60)),
                AuditId.scheduled(version, day),
                AuditId.scheduled(version, day.plusDays(1)));
        AuditId completed = ids.getFirst();
        AuditDay first = new AuditDay(day, COUNTS, "aa", "bb", List.of(difference(at)));
        AuditDay second = new AuditDay(day.plusDays(1), new AuditCounts(1440, 0, 0, 0, 0, 0), "cc", "cc", List.of());
        List<AuditEvent> events = List.of(
                new AuditRequested(completed, "why not", at),
                new AuditDaysCompared(completed, List.of(second), at.plusSeconds(1)),
                new AuditRequested(ids.get(1), "by mistake", at.plusSeconds(60)),
                new AuditDaysCompared(completed, List.of(first), at.plusSeconds(61)),
                new AuditCompleted(
                        completed, new AuditResult(COUNTS.plus(second.counts()), "dd", "ee"), at.plusSeconds(62)),
                new AuditCancelled(ids.get(1), "enough", at.plusSeconds(63)),
                new AuditRequested(ids.get(2), "scheduled", at.plusSeconds(120)),
                new AuditFailed(ids.get(2), "its artifact is missing", at.plusSeconds(121)),
                new AuditRequested(ids.get(3), "scheduled", at.plusSeconds(180)));
        events.forEach(event -> script.event("Audit", event.audit().toString(), event));
        return ids;
    }

    private static AuditDifference difference(Instant at) {
        return new AuditDifference(
                AuditDifference.Kind.DIFFERENT,
                at,
                Optional.empty(),
                Optional.of(PredictionOrigin.LIVE),
                Optional.of(new AuditScores(0.999, 0.3, 0.5)),
                Optional.of(new AuditScores(0.2, 0.3, 0.5)),
                Optional.empty(),
                List.of(new AuditFeature("return-1", Optional.empty(), Optional.of(0.5))));
    }
}
