package io.hindcast.projections.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.market.UtcDay;
import io.hindcast.api.model.LabelSpec;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.prediction.BackfillDayRecorded;
import io.hindcast.api.prediction.BackfilledBars;
import io.hindcast.api.prediction.PredictionOrigin;
import io.hindcast.api.prediction.Predictions;
import io.hindcast.api.prediction.PredictionsRecorded;
import io.hindcast.api.prediction.Probabilities;
import io.hindcast.api.prediction.Signal;
import io.hindcast.projections.OpenTimeRange;
import io.hindcast.projections.market.CandleChanges;
import io.hindcast.projections.prediction.ClosingPrices.Outcome;
import io.hindcast.readmodel.BinaryCopy;
import io.hindcast.readmodel.TableReader;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the predictions about one symbol with their outcomes, a batch of events at a time. An outcome is a function of
 * the symbol's bars alone, so it is the same whether the bar or the prediction came first. Not thread-safe.
 */
public final class PredictionProjection {

    private final TableWriter tables;
    private final Symbol symbol;
    private final List<Row> rows = new ArrayList<>();

    public PredictionProjection(TableWriter tables, Symbol symbol) {
        this.tables = tables;
        this.symbol = symbol;
    }

    private record Row(
            String version,
            long openTime,
            Probabilities probabilities,
            Signal signal,
            PredictionOrigin origin,
            Instant recordedAt,
            int barRevision,
            String scorer) {

        LocalDate day() {
            return UtcDay.of(Instant.ofEpochMilli(openTime));
        }

        boolean reconciled() {
            return origin == PredictionOrigin.RECONCILED;
        }

        Key key() {
            return new Key(version, openTime);
        }

        PredictionRollups.NewPrediction counted() {
            return new PredictionRollups.NewPrediction(version, openTime, signal, reconciled());
        }
    }

    private record Key(String version, long openTime) {}

    /**
     * The rows to write.
     *
     * @param added those about bars without a prediction
     * @param replacing those of a lane about bars with a prediction that was computed from the log
     * @param replaced those computed from the log that one of {@code added} replaces
     */
    private record Changes(List<Row> added, List<Row> replacing, Map<Key, Row> replaced) {
        List<Row> all() {
            return Stream.concat(added.stream(), replacing.stream()).toList();
        }
    }

    public void add(PredictionsRecorded event) {
        Predictions predictions = event.predictions();
        List<String> versions =
                predictions.versions().stream().map(Object::toString).toList();
        List<String> scorers =
                predictions.scorers().stream().map(PredictionProjection::name).toList();
        for (int i = 0; i < predictions.size(); i++) {
            int version = predictions.version().get(i);
            Probabilities probabilities = predictions.probabilities(i);
            rows.add(new Row(
                    versions.get(version),
                    event.openTime(i).toEpochMilli(),
                    probabilities,
                    probabilities.signal(),
                    event.origin().get(i),
                    event.recordedAt(),
                    predictions.barRevision().get(i),
                    scorers.get(version)));
        }
    }

    public void add(BackfillDayRecorded event) {
        BackfilledBars bars = event.bars();
        String version = event.backfillDay().version().toString();
        String scorer = name(event.scorer());
        for (int i = 0; i < bars.size(); i++) {
            Probabilities probabilities = bars.probabilities(i);
            rows.add(new Row(
                    version,
                    event.backfillDay().openTime(bars.minute().get(i)).toEpochMilli(),
                    probabilities,
                    probabilities.signal(),
                    PredictionOrigin.RECONCILED,
                    event.recordedAt(),
                    0,
                    scorer));
        }
    }

    private static String name(ScorerSpec scorer) {
        return scorer.engine() + " " + scorer.libraryVersion();
    }

    public int size() {
        return rows.size();
    }

    /**
     * Writes the added events and forgets them, and updates earlier predictions whose outcomes the changed candles
     * affect.
     */
    public void flush(CandleChanges candles) {
        Map<String, LabelSpec> labels = labels();
        NavigableSet<VersionDay> changedDays = new TreeSet<>();
        if (!labels.isEmpty() && !candles.ranges().isEmpty()) {
            updateOutcomes(candles, labels, changedDays);
        }
        Changes changes = changes();
        rows.clear();
        if (!changes.all().isEmpty()) {
            supersede(changes.replacing);
            insertSuperseded(changes);
            insert(changes.all(), labels);
            count(changes, changedDays);
            PredictionRollups rollups = new PredictionRollups(tables);
            rollups.add(changes.added.stream().map(Row::counted).toList());
            if (!changes.replacing.isEmpty()) {
                rollups.recount(changes.replacing.stream().map(Row::counted).toList());
            }
        }
        new DailyPerformance(tables, symbol).update(candles, changedDays);
    }

    private Map<String, LabelSpec> labels() {
        Map<String, LabelSpec> labels = new TreeMap<>();
        tables.each(
                "select version, horizon_bars, threshold_percent from @model_version where symbol = ?",
                row -> labels.put(row.getString(1), new LabelSpec(row.getInt(2), row.getDouble(3))),
                symbol.value());
        return labels;
    }

    private static long horizon(Map<String, LabelSpec> labels) {
        return labels.values().stream().mapToInt(LabelSpec::horizonBars).max().orElse(0) * ClosingPrices.BAR;
    }

    private void updateOutcomes(
            CandleChanges candles, Map<String, LabelSpec> labels, NavigableSet<VersionDay> changedDays) {
        long horizon = horizon(labels);
        List<OpenTimeRange> ranges = OpenTimeRange.joined(candles.ranges().values().stream()
                .map(range -> range.widened(horizon, 0))
                .toList());
        record Held(
                Key key, @Nullable Double change, @Nullable Instant knownAt) {}
        List<Held> held = new ArrayList<>();
        for (String version : labels.keySet()) {
            for (OpenTimeRange range : ranges) {
                held.addAll(tables.list(
                        """
                        select open_time, outcome_return, outcome_known_at
                        from @prediction where version = ? and open_time between ? and ?
                        """,
                        row -> {
                            Double change = row.getObject(2, Double.class);
                            return new Held(
                                    new Key(version, TableReader.time(row, 1).toEpochMilli()),
                                    change,
                                    change == null ? null : TableReader.time(row, 3));
                        },
                        version,
                        range.first(),
                        range.last()));
            }
        }
        if (held.isEmpty()) {
            return;
        }
        ClosingPrices closes = ClosingPrices.read(
                tables,
                symbol,
                ranges.stream().map(range -> range.widened(0, horizon)).toList());
        PredictionOutcomes outcomes = new PredictionOutcomes(tables);
        for (Held prediction : held) {
            Key key = prediction.key;
            List<Outcome> all = closes.outcomes(key.openTime, labels.get(key.version));
            boolean same = all.isEmpty()
                    || (prediction.change != null
                            && prediction.change == all.getLast().change()
                            && all.getLast().knownAt().equals(prediction.knownAt));
            if (!same) {
                outcomes.add(key.version, key.openTime, all);
                changedDays.add(VersionDay.of(key.version, key.openTime));
            }
        }
        outcomes.writeCurrent();
        outcomes.writeSuperseded();
    }

    /**
     * Returns the rows to write, one of each version and bar: the lane's, which never changes, before one that was
     * computed from the log, whichever came first.
     */
    private Changes changes() {
        if (rows.isEmpty()) {
            return new Changes(List.of(), List.of(), Map.of());
        }
        Map<Key, Row> wanted = new LinkedHashMap<>();
        Map<Key, Row> replaced = new LinkedHashMap<>();
        TreeMap<String, TreeMap<LocalDate, OpenTimeRange>> ranges = new TreeMap<>();
        for (Row row : rows) {
            wanted.merge(row.key(), row, (held, next) -> {
                if (held.reconciled() && !next.reconciled()) {
                    replaced.put(held.key(), held);
                    return next;
                }
                return held;
            });
            Objects.requireNonNull(ranges.computeIfAbsent(row.version, version -> new TreeMap<>()))
                    .merge(row.day(), OpenTimeRange.of(row.openTime), (range, time) -> range.with(time.from()));
        }
        List<Row> replacing = new ArrayList<>();
        ranges.forEach((version, days) -> {
            for (OpenTimeRange range : OpenTimeRange.joined(days.values())) {
                tables.each(
                        "select open_time, origin from @prediction where version = ? and open_time between ? and ?",
                        held -> {
                            Row row = wanted.remove(
                                    new Key(version, TableReader.time(held, 1).toEpochMilli()));
                            if (row != null
                                    && !row.reconciled()
                                    && PredictionOrigin.valueOf(held.getString(2)) == PredictionOrigin.RECONCILED) {
                                replacing.add(row);
                            }
                        },
                        version,
                        range.first(),
                        range.last());
            }
        });
        replaced.keySet().retainAll(wanted.keySet());
        return new Changes(List.copyOf(wanted.values()), replacing, replaced);
    }

    /** Moves predictions that a lane's replace to those superseded. */
    private void supersede(List<Row> replacing) {
        if (!replacing.isEmpty()) {
            tables.update(
                    """
                    with old as (
                        delete from @prediction p
                        using unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) as lane (version, open_time, recorded_at)
                        where p.version = lane.version and p.open_time = lane.open_time
                        returning p.*, lane.recorded_at as known_to
                    )
                    insert into @prediction_superseded
                    select version, open_time, sell, hold, buy, signal, origin, recorded_at, bar_revision, scorer, known_to
                    from old where recorded_at < known_to
                    """,
                    replacing.stream().map(Row::version).toList(),
                    replacing.stream()
                            .map(row -> Instant.ofEpochMilli(row.openTime))
                            .toList(),
                    replacing.stream().map(Row::recordedAt).toList());
        }
    }

    private static BinaryCopy columns(BinaryCopy copy, int columns, Row row) {
        return copy.row(columns)
                .text(row.version)
                .time(row.openTime)
                .float8(row.probabilities.sell())
                .float8(row.probabilities.hold())
                .float8(row.probabilities.buy())
                .text(row.signal.name())
                .text(row.origin.name())
                .time(row.recordedAt)
                .integer(row.barRevision)
                .text(row.scorer);
    }

    private void insert(List<Row> added, Map<String, LabelSpec> labels) {
        TreeMap<LocalDate, OpenTimeRange> ranges = new TreeMap<>();
        long horizon = horizon(labels);
        for (Row row : added) {
            ranges.merge(row.day(), OpenTimeRange.of(row.openTime), (range, time) -> range.with(time.from()));
        }
        ClosingPrices closes = ClosingPrices.read(
                tables,
                symbol,
                ranges.values().stream().map(range -> range.widened(0, horizon)).toList());
        BinaryCopy copy = new BinaryCopy();
        PredictionOutcomes outcomes = new PredictionOutcomes(tables);
        for (Row row : added) {
            List<Outcome> all = closes.outcomes(row.openTime, labels.get(row.version));
            @Nullable Outcome outcome = all.isEmpty() ? null : all.getLast();
            if (all.size() > 1) {
                outcomes.add(row.version, row.openTime, all);
            }
            columns(copy, 13, row)
                    .text(outcome == null ? null : outcome.signal().name())
                    .float8(outcome == null ? null : outcome.change())
                    .time(outcome == null ? null : outcome.knownAt());
        }
        tables.copy(copy, """
                @prediction (version, open_time, sell, hold, buy, signal, origin, recorded_at, bar_revision, scorer, outcome, \
                outcome_return, outcome_known_at)""");
        outcomes.writeSuperseded();
    }

    private void insertSuperseded(Changes changes) {
        BinaryCopy copy = new BinaryCopy();
        for (Row lane : changes.added) {
            @Nullable Row old = changes.replaced.get(lane.key());
            if (old != null && old.recordedAt.isBefore(lane.recordedAt)) {
                columns(copy, 11, old).time(lane.recordedAt);
            }
        }
        tables.copy(copy, """
                @prediction_superseded (version, open_time, sell, hold, buy, signal, origin, recorded_at, bar_revision, scorer, \
                known_to)""");
    }

    private void count(Changes changes, NavigableSet<VersionDay> changedDays) {
        PredictionDays days = new PredictionDays(tables, symbol);
        for (Row row : changes.added) {
            days.add(row.version, row.day(), 1, row.reconciled() ? 1 : 0, row.recordedAt);
        }
        changes.replaced.values().forEach(row -> days.add(row.version, row.day(), 0, 0, row.recordedAt));
        for (Row row : changes.replacing) {
            days.add(row.version, row.day(), 0, -1, row.recordedAt);
        }
        changedDays.addAll(days.write());
    }
}
