package io.hindcast.projections.model;

import io.hindcast.api.model.Attribution;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelEventKind;
import io.hindcast.api.model.ModelPinned;
import io.hindcast.api.model.ModelUnpinned;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.RolledBack;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionArchived;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.util.Optional;

/** Writes the history of a model: a row for each event but those of lanes and backfills. */
final class ModelEventProjection {

    private final TableWriter tables;

    ModelEventProjection(TableWriter tables) {
        this.tables = tables;
    }

    /** @param at market time */
    private record Entry(ModelEventKind kind, Optional<String> by, Optional<String> reason, Instant at) {

        static Entry of(ModelEventKind kind, Instant at) {
            return new Entry(kind, Optional.empty(), Optional.empty(), at);
        }

        static Entry of(ModelEventKind kind, String reason, Instant at) {
            return new Entry(kind, Optional.empty(), Optional.of(reason), at);
        }

        static Entry of(ModelEventKind kind, Attribution decision) {
            return new Entry(kind, Optional.of(decision.by()), Optional.of(decision.reason()), decision.at());
        }
    }

    /**
     * Writes the row of an event.
     *
     * @param sequence of the event in the model's stream
     * @param wall when it was recorded
     */
    void on(ModelEvent event, long sequence, Instant wall) {
        entry(event)
                .ifPresent(entry -> tables.update(
                        """
                insert into @model_event (model, sequence, version, kind, decided_by, reason, at, recorded_at)
                values (?, ?, ?, ?, ?::text, ?::text, ?, ?)
                on conflict (model, sequence) do nothing
                """,
                        event.version().model().toString(),
                        sequence,
                        event.version().toString(),
                        entry.kind(),
                        entry.by(),
                        entry.reason(),
                        entry.at(),
                        wall));
    }

    private static Optional<Entry> entry(ModelEvent event) {
        return switch (event) {
            case VersionRegistered e -> Optional.of(Entry.of(ModelEventKind.REGISTERED, e.trainedAt()));
            case PromotionBegun e ->
                Optional.of(e.decision()
                        .map(decision -> Entry.of(ModelEventKind.PROMOTION_BEGUN, decision))
                        .orElseGet(() -> Entry.of(ModelEventKind.PROMOTION_BEGUN, e.begunAt())));
            case PromotionDeclined e ->
                Optional.of(Entry.of(ModelEventKind.PROMOTION_DECLINED, e.reason(), e.declinedAt()));
            case PromotionAbandoned e ->
                Optional.of(Entry.of(ModelEventKind.PROMOTION_ABANDONED, e.reason(), e.abandonedAt()));
            case SlotsShifted e -> Optional.of(Entry.of(ModelEventKind.PROMOTED, e.shiftedAt()));
            case RolledBack e -> Optional.of(Entry.of(ModelEventKind.ROLLED_BACK, e.decision()));
            case VersionArchived e -> Optional.of(Entry.of(ModelEventKind.ARCHIVED, e.decision()));
            case ModelPinned e -> Optional.of(Entry.of(ModelEventKind.PINNED, e.decision()));
            case ModelUnpinned e -> Optional.of(Entry.of(ModelEventKind.UNPINNED, e.decision()));
            case VersionPurged e -> Optional.of(Entry.of(ModelEventKind.PURGED, e.purgedAt()));
            case LaneJoined _,
                    LaneLeft _,
                    BackfillRequested _,
                    BackfillBegun _,
                    BackfillCompleted _,
                    BackfillGivenUp _ -> Optional.empty();
        };
    }
}
