package io.hindcast.query.training;

import com.fasterxml.jackson.core.type.TypeReference;
import io.hindcast.api.model.ArtifactRef;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.training.DatasetRef;
import io.hindcast.api.training.FindLearningCurves;
import io.hindcast.api.training.FindTrainingCycles;
import io.hindcast.api.training.LearningCurves;
import io.hindcast.api.training.TrainingCyclePage;
import io.hindcast.api.training.TrainingCycleView;
import io.hindcast.api.training.TrainingRunId;
import io.hindcast.api.training.TrainingState;
import io.hindcast.query.JsonColumn;
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
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Query handler for training cycles. */
public final class TrainingQueries {

    private static final TypeReference<DatasetRef> DATASET = new TypeReference<>() {};
    private static final TypeReference<ArtifactRef> ARTIFACT = new TypeReference<>() {};
    private static final TypeReference<SortedMap<String, String>> PARAMETERS = new TypeReference<>() {};
    private static final TypeReference<List<Integer>> STEPS = new TypeReference<>() {};
    private static final TypeReference<SortedMap<String, List<@Nullable Double>>> METRICS = new TypeReference<>() {};

    private final ReadModelReader readModel;

    public TrainingQueries(ReadModelReader readModel) {
        this.readModel = readModel;
    }

    @QueryHandler
    public TrainingCyclePage handle(FindTrainingCycles query) {
        QueryArguments.requireRange("first", query.first(), 1, 200);
        int before = Page.position(query.after(), Integer::valueOf).orElse(Integer.MAX_VALUE);
        List<TrainingCycleView> found = readModel.read(query.asOf(), tables -> {
            Map<Integer, List<TrainingCycleView.Run>> runs = new HashMap<>();
            tables.each(
                    """
                    select r.cycle, r.run, r.state, r.started_at, r.since, r.ended_at, r.reason, r.version,
                           r.provider, r.machine, r.launches, r.parameters, r.artifact,
                           r.wall_requested, r.wall_begun, r.wall_ended, r.reproduced
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
                    select number, reason, state, requested_at, ended_at, data_from, data_to, dataset, note,
                           wall_requested, wall_begun, wall_ended, repeats
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
                            JsonColumn.read(row, 8, DATASET),
                            Optional.ofNullable(row.getString(13)).map(TrainingRunId::parse),
                            Optional.ofNullable(row.getString(9)),
                            wallTimes(row, 10),
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
                Optional.ofNullable(row.getString(8)).map(VersionId::parse),
                machine(row),
                JsonColumn.read(row, 12, PARAMETERS).orElseGet(TreeMap::new),
                JsonColumn.read(row, 13, ARTIFACT),
                Optional.ofNullable(row.getObject(17, Boolean.class)),
                wallTimes(row, 14));
    }

    private static Optional<TrainingCycleView.Machine> machine(ResultSet row) throws SQLException {
        String provider = row.getString(9);
        return provider == null
                ? Optional.empty()
                : Optional.of(new TrainingCycleView.Machine(provider, row.getString(10), row.getInt(11)));
    }

    private static TrainingCycleView.WallTimes wallTimes(ResultSet row, int from) throws SQLException {
        return new TrainingCycleView.WallTimes(
                TableReader.time(row, from),
                TableReader.optionalTime(row, from + 1),
                TableReader.optionalTime(row, from + 2));
    }

    /** Of a run that began anew on another machine, only the last launch is shown. */
    @QueryHandler
    public LearningCurves handle(FindLearningCurves query) {
        SortedMap<String, CurveBuilder> curves = new TreeMap<>();
        readModel.read(query.asOf(), tables -> {
            tables.each(
                    """
                    select steps, metrics from @training_progress p
                    where run = ? and launch = (select max(launch) from @training_progress where run = p.run)
                    order by batch
                    """,
                    row -> {
                        List<Integer> steps = JsonColumn.read(row, 1, STEPS).orElseThrow();
                        SortedMap<String, List<@Nullable Double>> metrics =
                                JsonColumn.read(row, 2, METRICS).orElseThrow();
                        for (Map.Entry<String, List<@Nullable Double>> metric : metrics.entrySet()) {
                            curves.computeIfAbsent(metric.getKey(), _ -> new CurveBuilder())
                                    .add(steps, metric.getValue());
                        }
                    },
                    query.run().toString());
            return curves;
        });
        return new LearningCurves(
                query.run(),
                curves.entrySet().stream()
                        .map(curve -> curve.getValue().build(curve.getKey()))
                        .toList());
    }

    /** Joins the batches of one metric; steps without a value are left out. */
    private static final class CurveBuilder {
        private final List<Integer> steps = new ArrayList<>();
        private final List<Double> values = new ArrayList<>();

        void add(List<Integer> nextSteps, List<@Nullable Double> nextValues) {
            for (int i = 0; i < nextValues.size(); i++) {
                Double value = nextValues.get(i);
                if (value != null) {
                    steps.add(nextSteps.get(i));
                    values.add(value);
                }
            }
        }

        LearningCurves.Curve build(String metric) {
            return new LearningCurves.Curve(metric, steps, values);
        }
    }
}
