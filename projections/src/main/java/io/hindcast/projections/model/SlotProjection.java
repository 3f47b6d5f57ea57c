package io.hindcast.projections.model;

import io.hindcast.api.model.SlotsChanged;
import io.hindcast.readmodel.TableWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes which versions are live, now and in the past. All rows of one change are written by one statement, so that no
 * reader sees half of it.
 */
final class SlotProjection {

    private final TableWriter tables;

    SlotProjection(TableWriter tables) {
        this.tables = tables;
    }

    /**
     * Applies a change of the slots.
     *
     * @param sequence of the event in the model's stream
     */
    void on(SlotsChanged event, long sequence) {
        String model = event.version().model().toString();
        List<String> slots = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        event.slots().live().forEach((slot, number) -> {
            slots.add(slot.name());
            numbers.add(number);
        });
        // A delivery of an event that was applied already must not apply it again over later ones.
        tables.update("""
                with live as (
                    select wanted.slot, held.version
                    from unnest(?::text[], ?::int[]) as wanted (slot, number)
                    join @model_version held on held.number = wanted.number and held.model = ?
                ), moment as (
                    select current_setting('hindcast.known_at')::timestamptz as at
                    from @slot_period where model = ?
                    having coalesce(max(sequence), -1) < ?
                ), versions as (
                    update @model_version held
                    set state = case when live.slot is null then 'ARCHIVED' else 'LIVE' end, slot = live.slot
                    from moment, @model_version every
                    left join live on live.version = every.version
                    where held.version = every.version and held.model = ?
                      and (held.slot is not null or live.slot is not null)
                ), ended as (
                    update @slot_period period set valid_to = moment.at
                    from moment
                    where period.model = ? and period.valid_to is null
                      and not exists (select from live where live.slot = period.slot and live.version = period.version)
                )
                insert into @slot_period (model, slot, sequence, version, valid_from)
                select ?, live.slot, ?, live.version, moment.at
                from moment, live
                where not exists (
                    select from @slot_period period
                    where period.model = ? and period.valid_to is null
                      and period.slot = live.slot and period.version = live.version)
                """, slots, numbers, model, model, sequence, model, model, model, sequence, model);
    }
}
