package io.hindcast.projections.model;

import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.ModelPinned;
import io.hindcast.api.model.ModelUnpinned;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.PromotionDeclined;
import io.hindcast.api.model.SlotsChanged;
import io.hindcast.api.model.VersionArchived;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionPurged;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.projections.JsonColumn;
import io.hindcast.readmodel.TableReader;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the versions of models with their states and slots. These events are rare, so each is written at once. */
public final class ModelProjection {

    private final TableWriter tables;
    private final ModelEventProjection history;
    private final SlotProjection slots;
    private final BackfillProjection backfills;

    public ModelProjection(TableWriter tables) {
        this.tables = tables;
        this.history = new ModelEventProjection(tables);
        this.slots = new SlotProjection(tables);
        this.backfills = new BackfillProjection(tables);
    }

    /**
     * Writes the rows of an event.
     *
     * @param sequence of the event in the model's stream
     * @param wall when it was recorded
     */
    public void on(ModelEvent event, long sequence, Instant wall) {
        tables.setKnownAt(knownAt(event));
        history.on(event, sequence, wall);
        switch (event) {
            case VersionRegistered registered -> register(registered);
            case PromotionBegun begun -> setState(begun, "PROMOTING", null);
            case PromotionDeclined declined -> setState(declined, "DECLINED", declined.reason());
            case PromotionAbandoned abandoned -> setState(abandoned, "ABANDONED", abandoned.reason());
            case SlotsChanged changed -> {
                slots.on(changed, sequence);
                if (changed instanceof VersionArchived archived) {
                    setState(archived, "ARCHIVED", archived.decision().reason());
                }
            }
            case VersionPurged purged ->
                tables.update(
                        "update @model_version set state = 'PURGED' where version = ?",
                        purged.version().toString());
            case LaneJoined _, BackfillRequested _, BackfillBegun _, BackfillCompleted _, BackfillGivenUp _ ->
                backfills.on(event, wall);
            case LaneLeft _, ModelPinned _, ModelUnpinned _ -> {
                // Only the lanes need the cut, and they read it from the log. A pin is in the history.
            }
        }
    }

    /** Returns the market time of an event, or that of the model's latest change if its own time is earlier. */
    private Instant knownAt(ModelEvent event) {
        Instant at = time(event);
        return tables.first(
                        "select greatest(?, max(known_from)) from @model_version where model = ?",
                        row -> TableReader.time(row, 1),
                        at,
                        event.version().model().toString())
                .orElse(at);
    }

    private static Instant time(ModelEvent event) {
        return switch (event) {
            case VersionRegistered registered -> registered.trainedAt();
            case PromotionBegun begun -> begun.begunAt();
            case PromotionDeclined declined -> declined.declinedAt();
            case PromotionAbandoned abandoned -> abandoned.abandonedAt();
            case SlotsChanged changed -> changed.changedAt();
            case VersionPurged purged -> purged.purgedAt();
            case LaneJoined joined -> joined.joinedAt();
            case LaneLeft left -> left.leftAt();
            case BackfillRequested requested -> requested.requestedAt();
            case BackfillBegun begun -> begun.begunAt();
            case BackfillCompleted completed -> completed.completedAt();
            case BackfillGivenUp givenUp -> givenUp.givenUpAt();
            case ModelPinned pinned -> pinned.decision().at();
            case ModelUnpinned unpinned -> unpinned.decision().at();
        };
    }

    private void setState(ModelEvent event, String state, @Nullable String reason) {
        tables.update(
                "update @model_version set state = ?, reason = ?::text where version = ?",
                state,
                reason,
                event.version().toString());
    }

    private void register(VersionRegistered event) {
        VersionId version = event.version();
        tables.update(
                """
                insert into @model_version (version, model, symbol, family, number, training_run, state, artifact_digest,
                                            artifact_bytes, scorer_engine, scorer_version, horizon_bars, threshold_percent,
                                            trained_at, expires_at, provenance, evaluation)
                values (?, ?, ?, ?, ?, ?, 'REGISTERED', ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
                on conflict (version) do nothing
                """,
                version.toString(),
                version.model().toString(),
                version.model().symbol().value(),
                version.model().family(),
                version.number(),
                event.trainingRun(),
                event.artifact().sha256(),
                event.artifact().bytes(),
                event.scorer().engine(),
                event.scorer().libraryVersion(),
                event.provenance().label().horizonBars(),
                event.provenance().label().thresholdPercent(),
                event.trainedAt(),
                event.trainedAt().plus(event.expiresAfter()),
                JsonColumn.of(event.provenance()),
                JsonColumn.of(event.evaluation()));
        tables.update("update @training_run set version = ? where run = ?", version.toString(), event.trainingRun());
    }
}
