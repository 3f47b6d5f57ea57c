package io.hindcast.query.model;

import io.hindcast.api.model.BackfillView;
import io.hindcast.api.model.BackfillViews;
import io.hindcast.api.model.FindBackfills;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.training.TrainingCycleView.WallTimes;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Query handler for the backfills of versions. */
public final class BackfillQueries {

    private final ReadModelReader readModel;

    public BackfillQueries(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    @QueryHandler
    public BackfillViews handle(FindBackfills query) {
        return readModel.read(
                query.asOf(),
                tables -> new BackfillViews(tables.list(
                        """
                select b.version, b.state, b.reason, b.pending_at, b.begun_at, b.from_time, b.to_time, b.days,
                       b.predictions, b.ended_at,
                       (select count(distinct d.day) from @backfill_day d
                        where d.version = b.version and d.recorded_at >= b.begun_at),
                       b.wall_pending, b.wall_begun, b.wall_ended
                from @backfill b where b.version = any (?::text[])
                """,
                        BackfillQueries::view,
                        query.versions().stream().map(VersionId::toString).toList())));
    }

    private static BackfillView view(ResultSet row) throws SQLException {
        return new BackfillView(
                VersionId.parse(row.getString(1)),
                BackfillView.State.valueOf(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                TableReader.time(row, 4),
                time(row, 5),
                time(row, 6),
                time(row, 7),
                Optional.ofNullable(row.getObject(8, Integer.class)),
                row.getInt(11),
                Optional.ofNullable(row.getObject(9, Long.class)),
                time(row, 10),
                new WallTimes(TableReader.time(row, 12), time(row, 13), time(row, 14)));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return row.getObject(column) == null ? Optional.empty() : Optional.of(TableReader.time(row, column));
    }
}
