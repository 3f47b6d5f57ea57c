package io.hindcast.training.run;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.api.training.FindRunReport;
import io.hindcast.api.training.RunReport;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.worker.Heartbeat;
import io.hindcast.runtime.WallTimer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/**
 * When the worker of each run was last heard of by this process, and its progress on the console. Not recorded. A run
 * is known from {@link #expect} or its first message on, until {@link #end}. Thread-safe.
 */
public final class Contacts {

    private final WallTimer timer;
    private final ProgressReporter progress;
    private final Map<TrainingRunId, Contact> contacts = new HashMap<>();

    public Contacts(WallTimer timer, ProgressReporter progress) {
        this.timer = timer;
        this.progress = progress;
    }

    private static final class Contact {
        private long at;
        private boolean heard;
        private ProgressReporter.@Nullable Task task;
        private @Nullable Heartbeat latest;
    }

    /** Counts the silence of a run from now on. */
    public synchronized void expect(TrainingRunId run) {
        Contact contact = contacts.computeIfAbsent(run, id -> new Contact());
        contact.at = timer.nanoTime();
        contact.heard = false;
    }

    synchronized void heard(TrainingRunId run) {
        Contact contact = contacts.computeIfAbsent(run, id -> new Contact());
        contact.at = timer.nanoTime();
        contact.heard = true;
    }

    /** Begins the display of a run. */
    synchronized void begin(TrainingRunId run, int rounds, String unit) {
        Contact contact = contacts.computeIfAbsent(run, id -> new Contact());
        if (contact.task == null) {
            contact.task = progress.begin("Training " + run.model(), rounds, unit);
        }
    }

    synchronized void heard(TrainingRunId run, Heartbeat heartbeat) {
        heard(run);
        Contact contact = contacts.get(run);
        if (contact == null) {
            return;
        }
        contact.latest = new Heartbeat(
                heartbeat.activity(),
                heartbeat.done(),
                heartbeat.of(),
                heartbeat.unit(),
                heartbeat.note(),
                heartbeat.log(),
                Optional.empty());
        if (contact.task != null) {
            contact.task.at(heartbeat.done(), heartbeat.note().isEmpty() ? heartbeat.activity() : heartbeat.note());
        }
    }

    /**
     * The silence of a run.
     *
     * @param lasting time since it was last heard of, or expected
     * @param heard whether it was heard of since it was expected
     */
    public record Silence(Duration lasting, boolean heard) {}

    /** Returns the silence of a run; empty if this process does not know it. */
    public synchronized Optional<Silence> silence(TrainingRunId run) {
        return Optional.ofNullable(contacts.get(run))
                .map(contact -> new Silence(Duration.ofNanos(timer.nanoTime() - contact.at), contact.heard));
    }

    /** Returns what a run's worker reported last; empty if this process has not heard of it. */
    @QueryHandler
    public synchronized Optional<RunReport> handle(FindRunReport query) {
        Contact contact = contacts.get(query.run());
        if (contact == null || contact.latest == null) {
            return Optional.empty();
        }
        return Optional.of(new RunReport(query.run(), contact.latest, Duration.ofNanos(timer.nanoTime() - contact.at)));
    }

    /** Ends the display of a run and forgets it. */
    public synchronized void end(TrainingRunId run) {
        Contact contact = contacts.remove(run);
        if (contact != null && contact.task != null) {
            contact.task.close();
        }
    }
}
