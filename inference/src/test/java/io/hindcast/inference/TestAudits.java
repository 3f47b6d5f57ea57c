package io.hindcast.inference;

import io.hindcast.api.RefusedException;
import io.hindcast.api.audit.AuditCancelled;
import io.hindcast.api.audit.AuditCompleted;
import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDaysCompared;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.audit.AuditFailed;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditPage;
import io.hindcast.api.audit.AuditRequested;
import io.hindcast.api.audit.AuditResult;
import io.hindcast.api.audit.AuditState;
import io.hindcast.api.audit.AuditView;
import io.hindcast.api.audit.CompleteAudit;
import io.hindcast.api.audit.FailAudit;
import io.hindcast.api.audit.FindAudits;
import io.hindcast.api.audit.RecordAuditDays;
import io.hindcast.api.model.VersionId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Simple versions of the rules about audits, and what the log has of them. */
final class TestAudits {

    private final TestPlatform platform;

    TestAudits(TestPlatform platform) {
        this.platform = platform;
    }

    AuditId request(VersionId version, LocalDate from, LocalDate to) {
        AuditId id = AuditId.requested(version, from, to, platform.now());
        platform.append(id.toString(), new AuditRequested(id, "a test", platform.now()));
        return id;
    }

    void cancel(AuditId id) {
        platform.append(id.toString(), new AuditCancelled(id, "a test", platform.now()));
    }

    @Nullable Object record(RecordAuditDays command) {
        synchronized (platform) {
            if (end(command.audit()).isPresent()) {
                throw RefusedException.of("AUDIT_ENDED", "audit", command.audit(), "a running one");
            }
            platform.append(
                    command.audit().toString(),
                    new AuditDaysCompared(command.audit(), command.days(), command.comparedAt()));
            return null;
        }
    }

    @Nullable Object complete(CompleteAudit command) {
        AuditCounts counts =
                days(command.audit()).stream().map(AuditDay::counts).reduce(AuditCounts.NONE, AuditCounts::plus);
        platform.append(
                command.audit().toString(),
                new AuditCompleted(command.audit(), new AuditResult(counts, "", ""), command.completedAt()));
        return null;
    }

    @Nullable Object fail(FailAudit command) {
        platform.append(
                command.audit().toString(), new AuditFailed(command.audit(), command.reason(), command.failedAt()));
        return null;
    }

    List<AuditDay> days(AuditId audit) {
        return platform.payloads(audit.toString()).stream()
                .filter(AuditDaysCompared.class::isInstance)
                .flatMap(event -> ((AuditDaysCompared) event).days().stream())
                .toList();
    }

    /** Returns the last event of an audit that has ended. */
    Optional<AuditEvent> end(AuditId audit) {
        return platform.payloads(audit.toString()).stream()
                .map(AuditEvent.class::cast)
                .filter(event -> !(event instanceof AuditRequested) && !(event instanceof AuditDaysCompared))
                .findFirst();
    }

    @QueryHandler
    public AuditPage handle(FindAudits query) {
        List<AuditView> running = platform.events().stream()
                .map(event -> event.getPayload())
                .filter(AuditRequested.class::isInstance)
                .map(AuditRequested.class::cast)
                .filter(requested -> end(requested.audit()).isEmpty())
                .map(requested -> new AuditView(
                        requested.audit(),
                        AuditState.RUNNING,
                        requested.reason(),
                        requested.requestedAt(),
                        0,
                        AuditCounts.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        return new AuditPage(running, running.stream().map(_ -> "").toList(), false);
    }
}
