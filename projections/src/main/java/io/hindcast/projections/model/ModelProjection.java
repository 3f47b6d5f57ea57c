package io.hindcast.projections.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.HindcastJson;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.LaneLeft;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.PromotionAbandoned;
import io.hindcast.api.model.PromotionBegun;
import io.hindcast.api.model.SlotsShifted;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.model.VersionRegistered;
import io.hindcast.readmodel.TableWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the versions of models with their states and slots. These events are rare, so each is written at once. */
public final class ModelProjection {

    private static final JsonMapper JSON = HindcastJson.mapper();

    private final TableWriter tables;
    private final BackfillProjection backfills;

    public ModelProjection(TableWriter tables) {
        this.tables = tables;
        this.backfills = new BackfillProjection(tables);
    }

    public void on(ModelEvent event) {
        switch (event) {
            case VersionRegistered registered -> register(registered);
            case PromotionBegun begun ->
                tables.update(
                        "update @model_version set state = 'PROMOTING', reason = null where version = ?",
                        begun.version().toString());
            case PromotionAbandoned abandoned ->
                tables.update(
                        "update @model_version set state = 'ABANDONED', reason = ? where version = ?",
                        abandoned.reason(),
                        abandoned.version().toString());
            case SlotsShifted shifted -> shift(shifted);
            case LaneJoined _, BackfillRequested _, BackfillBegun _, BackfillCompleted _, BackfillGivenUp _ ->
                backfills.on(event);
            case LaneLeft _ -> {
                // Only the lanes need the cut, and they read it from the log.
            }
        }
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
                json(event.provenance()),
                json(event.evaluation()));
        tables.update("update @training_run set version = ? where run = ?", version.toString(), event.trainingRun());
    }

    /** Updates all affected versions in one statement: live, archived and purged ones. */
    private void shift(SlotsShifted event) {
        List<Integer> numbers = new ArrayList<>();
        List<String> states = new ArrayList<>();
        List<String> slots = new ArrayList<>();
        event.slots().live().forEach((slot, number) -> {
            numbers.add(number);
            states.add("LIVE");
            slots.add(slot.name());
        });
        event.slots().archived().forEach(number -> {
            numbers.add(number);
            states.add("ARCHIVED");
            slots.add("");
        });
        event.purged().forEach(number -> {
            numbers.add(number);
            states.add("PURGED");
            slots.add("");
        });
        tables.update("""
                update @model_version held
                set state = new.state, slot = nullif(new.slot, '')
                from unnest(?::int[], ?::text[], ?::text[]) as new (number, state, slot)
                where held.model = ? and held.number = new.number
                """, numbers, states, slots, event.version().model().toString());
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    value.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " has no JSON form", e);
        }
    }
}
