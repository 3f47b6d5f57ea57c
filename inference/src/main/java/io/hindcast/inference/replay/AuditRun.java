package io.hindcast.inference.replay;

import io.hindcast.api.Refusal;
import io.hindcast.api.RefusedException;
import io.hindcast.api.audit.AuditDay;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.audit.CompleteAudit;
import io.hindcast.api.audit.FailAudit;
import io.hindcast.api.audit.RecordAuditDays;
import io.hindcast.api.model.ModelFamily;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionState;
import io.hindcast.artifacts.ArtifactStoreUnavailableException;
import io.hindcast.history.audit.AuditHistory;
import io.hindcast.history.model.ModelHistory;
import io.hindcast.history.model.VersionCoverage;
import io.hindcast.inference.backfill.BackfillSources;
import io.hindcast.inference.model.LaneContext;
import io.hindcast.inference.model.LoadedModel;
import io.hindcast.runtime.FailureReason;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one audit from where the log has it, and records its days and its end. */
final class AuditRun {

    private static final Logger log = LoggerFactory.getLogger(AuditRun.class);
    private static final long ANSWER_SECONDS = 10;

    private final LaneContext context;
    private final ReplaySources sources;
    private final ExecutorService threads;
    private final AuditMeters meters;

    AuditRun(LaneContext context, ReplaySources sources, ExecutorService threads, AuditMeters meters) {
        this.context = context;
        this.sources = sources;
        this.threads = threads;
        this.meters = meters;
    }

    /**
     * Compares the days that are left. Does nothing for an audit that has ended.
     *
     * @param stopped whether to return early, before the next day
     */
    void carryOut(AuditId audit, BooleanSupplier stopped) throws InterruptedException {
        Optional<AuditHistory> history = sources.audits().read(audit);
        if (history.isEmpty() || history.get().ended()) {
            return;
        }
        Optional<ModelHistory.Version> version = context.models()
                .read(audit.version().model())
                .version(audit.version().number());
        if (version.isEmpty()) {
            fail(audit, "the log has no version " + audit.version());
            return;
        }
        SortedSet<LocalDate> open = history.get().open();
        if (!open.isEmpty()) {
            log.info("Replaying {}: {} days from {} to {}", audit.version(), open.size(), open.first(), open.last());
            try (LoadedModel model = load(version.get())) {
                replay(version.get(), history.get()).compare(open, model, days -> record(audit, days), stopped);
            } catch (UnloadableException e) {
                fail(audit, e.reason);
                return;
            }
        }
        if (!stopped.getAsBoolean()) {
            send(new CompleteAudit(audit, context.marketClock().instant()));
        }
    }

    /** Fails an audit; one that has ended stays as it is. */
    void fail(AuditId audit, String reason) {
        log.warn("{} fails: {}", audit, reason);
        send(new FailAudit(audit, reason, context.marketClock().instant()));
    }

    private void record(AuditId audit, List<AuditDay> days) {
        days.forEach(meters::compared);
        send(new RecordAuditDays(audit, days, context.marketClock().instant()));
    }

    private Replay replay(ModelHistory.Version version, AuditHistory audit) {
        VersionId id = version.id();
        BackfillSources audited = sources.audited();
        VersionCoverage coverage = context.models().coverage(id);
        if (id.model().family() == ModelFamily.TRL) {
            return new TextReplay(version, coverage, audit.requested().requestedAt(), audited);
        }
        return new BarReplay(
                id,
                new OwedBars(coverage, audited.candles(), audit.requested().requestedAt()),
                audited,
                new DayFileEvidence(audited.candles(), sources.past().candles()),
                threads);
    }

    private LoadedModel load(ModelHistory.Version version) {
        if (version.state() == VersionState.PURGED) {
            throw new UnloadableException("its artifact " + version.artifact().sha256()
                    + " was purged. It would have to be trained again from its provenance and come out with this digest:"
                    + " hindcast cycles repeat " + version.registered().trainingRun());
        }
        try {
            return context.source().load(version.registered());
        } catch (ArtifactStoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new UnloadableException("artifact " + version.artifact().sha256() + " cannot be used: "
                    + FailureReason.of(e) + " Restore it from a backup of the artifact store.");
        }
    }

    /** A version's artifact cannot be loaded, now or later. */
    private static final class UnloadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        UnloadableException(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** Sends a command; one that comes after the audit's end changes nothing. */
    private void send(Object command) {
        try {
            context.commands().sendAndWait(command, ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            Refusal refusal = RefusedException.in(e);
            if (refusal == null || !refusal.code().equals("AUDIT_ENDED")) {
                throw e;
            }
            log.debug("{} was refused: {}", command.getClass().getSimpleName(), refusal.message());
        }
    }
}
