package io.hindcast.command.audit;

import io.hindcast.api.RefusedException;
import io.hindcast.api.audit.AuditCancelled;
import io.hindcast.api.audit.AuditCompleted;
import io.hindcast.api.audit.AuditCounts;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditDaysCompared;
import io.hindcast.api.audit.AuditDifference;
import io.hindcast.api.audit.AuditEvent;
import io.hindcast.api.audit.AuditFailed;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.AuditRequested;
import io.hindcast.api.audit.AuditResult;
import io.hindcast.api.audit.AuditState;
import io.hindcast.api.audit.CancelAudit;
import io.hindcast.api.audit.CompleteAudit;
import io.hindcast.api.audit.FailAudit;
import io.hindcast.api.audit.RecordAuditDays;
import io.hindcast.api.audit.RequestAudit;
import io.hindcast.api.market.UtcDay;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The state that decisions about an audit depend on, and these decisions. Immutable.
 *
 * @param state empty before the audit was requested
 * @param days compared days, without their differences
 * @param kept number of differences kept of them
 */
record AuditProgress(Optional<AuditState> state, SortedMap<LocalDate, AuditDay> days, int kept) {

    static final AuditProgress NONE = new AuditProgress(Optional.empty(), new TreeMap<>(), 0);

    Optional<AuditRequested> decide(RequestAudit command) {
        if (state.isPresent()) {
            return Optional.empty();
        }
        LocalDate today = UtcDay.of(command.requestedAt());
        if (command.audit().to().isAfter(today.plusDays(1))) {
            throw RefusedException.of(
                    "BAD_RANGE",
                    "end of the days to replay",
                    command.audit().to(),
                    "at most the day after " + today + ", today at the market");
        }
        return Optional.of(new AuditRequested(command.audit(), command.reason(), command.requestedAt()));
    }

    /** Refuses days after the audit's end, which shows an auditor that it was cancelled. */
    Optional<AuditDaysCompared> decide(RecordAuditDays command) {
        checkRunning(command.audit());
        List<AuditDay> fresh = new ArrayList<>();
        int room = AuditDifference.KEPT_OF_AUDIT - kept;
        for (AuditDay day : command.days()) {
            checkDay(command.audit(), day);
            if (!days.containsKey(day.day())
                    && fresh.stream().noneMatch(other -> other.day().equals(day.day()))) {
                AuditDay bounded = day.withDifferences(Math.min(room, AuditDifference.KEPT_OF_DAY));
                room -= bounded.differences().size();
                fresh.add(bounded);
            }
        }
        return fresh.isEmpty()
                ? Optional.empty()
                : Optional.of(new AuditDaysCompared(command.audit(), fresh, command.comparedAt()));
    }

    private static void checkDay(AuditId audit, AuditDay day) {
        if (day.day().isBefore(audit.from()) || !day.day().isBefore(audit.to())) {
            throw RefusedException.of(
                    "OUT_OF_RANGE",
                    "day of " + audit,
                    day.day(),
                    "one of the audit: " + audit.from() + " to before " + audit.to());
        }
    }

    Optional<AuditCompleted> decide(CompleteAudit command) {
        if (state.equals(Optional.of(AuditState.COMPLETED))) {
            return Optional.empty();
        }
        checkRunning(command.audit());
        if (days.size() < command.audit().days()) {
            throw RefusedException.of(
                    "NOT_COMPARED",
                    "compared days of " + command.audit(),
                    days.size(),
                    "all " + command.audit().days());
        }
        AuditCounts counts = days.values().stream().map(AuditDay::counts).reduce(AuditCounts.NONE, AuditCounts::plus);
        return Optional.of(new AuditCompleted(
                command.audit(),
                new AuditResult(counts, digest(AuditDay::recordedDigest), digest(AuditDay::recomputedDigest)),
                command.completedAt()));
    }

    private String digest(Function<AuditDay, String> ofDay) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (AuditDay day : days.values()) {
                sha256.update((day.day() + " " + ofDay.apply(day) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Optional<AuditCancelled> decide(CancelAudit command) {
        return isRunning()
                ? Optional.of(new AuditCancelled(command.audit(), command.reason(), command.cancelledAt()))
                : Optional.empty();
    }

    Optional<AuditFailed> decide(FailAudit command) {
        return isRunning()
                ? Optional.of(new AuditFailed(command.audit(), command.reason(), command.failedAt()))
                : Optional.empty();
    }

    private boolean isRunning() {
        return state.equals(Optional.of(AuditState.RUNNING));
    }

    private void checkRunning(AuditId audit) {
        if (!isRunning()) {
            throw RefusedException.of(
                    "AUDIT_ENDED",
                    "audit " + audit,
                    state.map(AuditState::name).orElse("not requested"),
                    "a running one");
        }
    }

    AuditProgress evolve(AuditEvent event) {
        return switch (event) {
            case AuditRequested _ -> as(AuditState.RUNNING);
            case AuditDaysCompared compared -> with(compared.days());
            case AuditCompleted _ -> as(AuditState.COMPLETED);
            case AuditCancelled _ -> as(AuditState.CANCELLED);
            case AuditFailed _ -> as(AuditState.FAILED);
        };
    }

    private AuditProgress as(AuditState next) {
        return new AuditProgress(Optional.of(next), days, kept);
    }

    private AuditProgress with(List<AuditDay> compared) {
        SortedMap<LocalDate, AuditDay> all = new TreeMap<>(days);
        int differences = kept;
        for (AuditDay day : compared) {
            all.put(day.day(), day.withDifferences(0));
            differences += day.differences().size();
        }
        return new AuditProgress(state, all, differences);
    }
}
