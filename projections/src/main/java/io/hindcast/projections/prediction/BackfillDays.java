package io.hindcast.projections.prediction;

import io.hindcast.api.prediction.BackfillDayId;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;

/** Writes the days of which backfills recorded anything, which show their progress. */
public final class BackfillDays {

    private final TableWriter tables;

    public BackfillDays(TableWriter tables) {
        this.tables = tables;
    }

    public void add(BackfillDayId day, Instant recordedAt) {
        tables.update("""
                insert into @backfill_day (version, day, recorded_at) values (?, ?, ?)
                on conflict (version, day, recorded_at) do nothing
                """, day.version().toString(), day.day(), recordedAt);
    }
}
