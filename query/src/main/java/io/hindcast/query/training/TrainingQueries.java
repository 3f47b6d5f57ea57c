package io.hindcast.query.training;

import io.hindcast.api.model.VersionId;
import io.hindcast.api.training.FindTrainingCycles;
import io.hindcast.api.training.TrainingCyclePage;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingState;
import io.hindcast.query.Page;
import io.hindcast.query.QueryArguments;
import io.hindcast.readmodel.ReadModelReader;
import io.hindcast.readmodel.TableReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;

/** Query handler for training cycles. */
public final class TrainingQueries {

    private final ReadModelReader readModel;

    public TrainingQueries(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    @QueryHandler
    public TrainingCyclePage handle(FindTrainingCycles query) {
        QueryArguments.requireRange("first", query.first(), 1, 200);
        int before = Page.position(query.after(), Integer::valueOf).orElse(Integer.MAX_VALUE);
        List<TrainingCycleView> found = readModel.read(tables -> {
            Map<Integer, List<TrainingCycleView.Run>> runs = new HashMap<>();
            tables.each(
                    """
                    select r.cycle, r.run, r.state, r.started_at, r.since, r.ended_at, r.reason, r.version
                    from (select number from @training_cycle
                          where symbol = ? and number < ? order by number desc limit ?) c
                    join @training_run r on r.symbol = ? and r.cycle = c.number
                    order by r.run
                    """,
                    row -> runs.computeIfAbsent(row.getInt(1), cycle -> new ArrayList<>())
                            .add(run(row)),
                    query.symbol().value(),
                    before,
                    query.first() + 1,
                    query.symbol().value());
            return tables.list(
                    """
                    select number, reason, state, requested_at, ended_at, data_from, data_to
                    from @training_cycle where symbol = ? and number < ? order by number desc limit ?
                    """,
                    row -> new TrainingCycleView(
                            query.symbol(),
                            row.getInt(1),
                            row.getString(2),
                            TrainingState.valueOf(row.getString(3)),
                            TableReader.time(row, 4),
                            TableReader.optionalTime(row, 5),
                            TableReader.time(row, 6),
                            TableReader.time(row, 7),
                            runs.getOrDefault(row.getInt(1), List.of())),
                    query.symbol().value(),
                    before,
                    query.first() + 1);
        });
        Page<TrainingCycleView> page = Page.of(found, query.first(), cycle -> Integer.toString(cycle.number()));
        return new TrainingCyclePage(page.rows(), page.cursors(), page.hasNext());
    }

    private static TrainingCycleView.Run run(ResultSet row) throws SQLException {
        return new TrainingCycleView.Run(
                TrainingRunId.parse(row.getString(2)),
                TrainingState.valueOf(row.getString(3)),
                TableReader.time(row, 4),
                TableReader.time(row, 5),
                TableReader.optionalTime(row, 6),
                Optional.ofNullable(row.getString(7)),
                Optional.ofNullable(row.getString(8)).map(VersionId::parse));
    }
}
