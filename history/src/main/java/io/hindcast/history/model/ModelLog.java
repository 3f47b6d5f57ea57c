package io.hindcast.history.model;

import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.LogPosition;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.ModelPinned;
import io.hindcast.api.model.ModelUnpinned;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.SlotsChanged;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionArchived;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.api.model.VersionState;
import io.hindcast.history.model.ModelHistory.BackfillState;
import io.hindcast.history.model.ModelHistory.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads models from the log, for a process that continues where the last one stopped. Thread-safe. */
public final class ModelLog {

    private final EventStore events;

    public ModelLog(EventStore events) {
        this.events = events;
    }

    /** Returns a model as of now; without versions if the log has nothing of it. */
    public ModelHistory read(ModelId model) {
        Fold fold = new Fold(model);
        DomainEventStream stream = events.readEvents(model.toString(), 0);
        while (stream.hasNext()) {
            DomainEventMessage<?> event = stream.next();
            if (ModelEvent.class.isAssignableFrom(event.getPayloadType())) {
                fold.on((ModelEvent) event.getPayload());
            }
            fold.lastSequence = event.getSequenceNumber();
        }
        return fold.result();
    }

    /** Returns the parts of the log that a version has predicted as of now. */
    public VersionCoverage coverage(VersionId version) {
        List<VersionCoverage.Lane> lanes = new ArrayList<>();
        List<Backfill> backfills = new ArrayList<>();
        DomainEventStream stream = events.readEvents(version.model().toString(), 0);
        while (stream.hasNext()) {
            if (stream.next().getPayload() instanceof ModelEvent event
                    && event.version().equals(version)) {
                switch (event) {
                    case LaneJoined joined -> lanes.add(new VersionCoverage.Lane(joined, Optional.empty()));
                    case LaneLeft left
                    when !lanes.isEmpty() ->
                        lanes.add(new VersionCoverage.Lane(lanes.removeLast().joined(), Optional.of(left)));
                    case BackfillCompleted completed -> backfills.add(completed.backfill());
                    default -> {
                        // Changes no prediction.
                    }
                }
            }
        }
        return new VersionCoverage(lanes, backfills);
    }

    private static final class Fold {

        private static final class Entry {
            final VersionRegistered registered;
            VersionState state = VersionState.REGISTERED;

            @Nullable LogPosition joined;

            @Nullable LogPosition left;

            @Nullable Instant joinedAt;

            @Nullable LogPosition firstJoined;

            BackfillState backfill = BackfillState.NONE;

            @Nullable Instant backfillTo;

            @Nullable String abandonReason;

            Entry(VersionRegistered registered) {
                this.registered = registered;
            }

            Version version() {
                return new Version(
                        registered,
                        state,
                        new ModelHistory.Lane(
                                Optional.ofNullable(joined),
                                Optional.ofNullable(joinedAt),
                                Optional.ofNullable(firstJoined),
                                Optional.ofNullable(left)),
                        backfill,
                        Optional.ofNullable(backfillTo),
                        Optional.ofNullable(abandonReason));
            }
        }

        private final ModelId model;
        private final List<Entry> entries = new ArrayList<>();
        private Slots slots = Slots.EMPTY;
        private @Nullable VersionId promoting;
        private long lastSequence = -1;

        Fold(ModelId model) {
            this.model = model;
        }

        void on(ModelEvent event) {
            switch (event) {
                case VersionRegistered e -> entries.add(new Entry(e));
                case PromotionBegun e -> {
                    promoting = e.version();
                    entry(e).state = VersionState.PROMOTING;
                    entry(e).abandonReason = null;
                }
                case LaneJoined e -> {
                    entry(e).joined = e.cut();
                    entry(e).left = null;
                    entry(e).joinedAt = e.joinedAt();
                    if (entry(e).firstJoined == null) {
                        entry(e).firstJoined = e.cut();
                    }
                    entry(e).backfill = BackfillState.PENDING;
                    entry(e).backfillTo = null;
                }
                case BackfillRequested e -> {
                    entry(e).backfill = BackfillState.PENDING;
                    entry(e).backfillTo = e.requestedAt();
                }
                case BackfillBegun _ -> {
                    // Still pending: after a restart it is begun again.
                }
                case BackfillCompleted e -> entry(e).backfill = BackfillState.COMPLETE;
                case BackfillGivenUp e -> entry(e).backfill = BackfillState.GIVEN_UP;
                case LaneLeft e -> entry(e).left = e.cut();
                case SlotsChanged e -> {
                    promoting = e instanceof SlotsShifted ? null : promoting;
                    on(e);
                }
                case PromotionDeclined e -> entry(e).state = VersionState.DECLINED;
                case PromotionAbandoned e -> {
                    promoting = null;
                    entry(e).state = VersionState.ABANDONED;
                    entry(e).abandonReason = e.reason();
                }
                case VersionPurged e -> entry(e).state = VersionState.PURGED;
                case ModelPinned _, ModelUnpinned _ -> {
                    // Only the decision whether a version is promoted depends on it.
                }
            }
        }

        private void on(SlotsChanged event) {
            slots.live().values().forEach(number -> entry(number).state = VersionState.ARCHIVED);
            if (event instanceof VersionArchived archived) {
                entry(archived).state = VersionState.ARCHIVED;
            }
            event.slots().live().values().forEach(number -> entry(number).state = VersionState.LIVE);
            slots = event.slots();
        }

        private Entry entry(ModelEvent event) {
            return entry(event.version().number());
        }

        private Entry entry(int number) {
            return entries.get(number - 1);
        }

        ModelHistory result() {
            return new ModelHistory(
                    model,
                    entries.stream().map(Entry::version).toList(),
                    slots,
                    Optional.ofNullable(promoting),
                    lastSequence);
        }
    }
}
