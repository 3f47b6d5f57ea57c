package io.hindcast.projections.model;

import io.hindcast.api.model.Backfill;
import io.hindcast.api.model.BackfillBegun;
import io.hindcast.api.model.BackfillCompleted;
import io.hindcast.api.model.BackfillGivenUp;
import io.hindcast.api.model.BackfillRequested;
import io.hindcast.api.model.LaneJoined;
import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.VersionId;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the state of each version's latest backfill. These events are rare, so each is written at once. */
final class BackfillProjection {

    private final TableWriter tables;

    BackfillProjection(TableWriter tables) {
        this.tables = tables;
    }

    /** @param wall when the event was recorded, by the wall clock */
    void on(ModelEvent event, Instant wall) {
        switch (event) {
            case LaneJoined joined -> pending(joined.version(), null, joined.joinedAt(), wall);
            case BackfillRequested requested ->
                pending(requested.version(), requested.reason(), requested.requestedAt(), wall);
            case BackfillBegun begun ->
                tables.update(
                        """
                        update @backfill set state = 'RUNNING', begun_at = ?, from_time = ?, to_time = ?, days = ?,
                            wall_begun = ?
                        where version = ?
                        """,
                        begun.begunAt(),
                        begun.from(),
                        begun.to(),
                        begun.days(),
                        wall,
                        begun.version().toString());
            case BackfillCompleted completed -> complete(completed, wall);
            case BackfillGivenUp givenUp ->
                tables.update(
                        """
                        update @backfill set state = 'GIVEN_UP', reason = ?, ended_at = ?, wall_ended = ?
                        where version = ?
                        """,
                        givenUp.reason(),
                        givenUp.givenUpAt(),
                        wall,
                        givenUp.version().toString());
            default -> throw new IllegalArgumentException("no event of a backfill: " + event);
        }
    }

    private void pending(VersionId version, @Nullable String reason, Instant at, Instant wall) {
        tables.update("""
                insert into @backfill (version, state, reason, pending_at, wall_pending) values (?, 'PENDING', ?::text, ?, ?)
                on conflict (version) do update
                set state = 'PENDING', reason = excluded.reason, pending_at = excluded.pending_at, begun_at = null,
                    from_time = null, to_time = null, days = null, predictions = null, ended_at = null,
                    wall_pending = excluded.wall_pending, wall_begun = null, wall_ended = null
                """, version.toString(), reason, at, wall);
    }

    private void complete(BackfillCompleted event, Instant wall) {
        Backfill backfill = event.backfill();
        tables.update(
                """
                update @backfill
                set state = 'COMPLETE', reason = null, from_time = ?, to_time = ?, days = ?, predictions = ?, ended_at = ?,
                    wall_ended = ?
                where version = ?
                """,
                backfill.from(),
                backfill.to(),
                backfill.days(),
                backfill.predictions(),
                event.completedAt(),
                wall,
                event.version().toString());
    }
}
