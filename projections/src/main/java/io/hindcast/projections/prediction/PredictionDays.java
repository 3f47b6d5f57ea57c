package io.hindcast.projections.prediction;

import io.hindcast.api.market.Symbol;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Counts the predictions of each version and day, and keeps when the first and the last of them became known. */
final class PredictionDays {

    private final TableWriter tables;
    private final Symbol symbol;
    private final TreeMap<VersionDay, Change> changes = new TreeMap<>();

    PredictionDays(TableWriter tables, Symbol symbol) {
        this.tables = tables;
        this.symbol = symbol;
    }

    private record Change(int predictions, int reconciled, Instant firstKnownAt, Instant knownAt) {

        Change plus(Change other) {
            return new Change(
                    predictions + other.predictions,
                    reconciled + other.reconciled,
                    firstKnownAt.isAfter(other.firstKnownAt) ? other.firstKnownAt : firstKnownAt,
                    knownAt.isBefore(other.knownAt) ? other.knownAt : knownAt);
        }
    }

    /** Adds to the counts of a day what was recorded at a moment. */
    void add(String version, LocalDate day, int predictions, int reconciled, Instant recordedAt) {
        changes.merge(
                new VersionDay(version, day),
                new Change(predictions, reconciled, recordedAt, recordedAt),
                Change::plus);
    }

    /** Writes the counts and returns their days. */
    Set<VersionDay> write() {
        List<Change> values = List.copyOf(changes.values());
        tables.update(
                """
                insert into @prediction_day as held (symbol, version, day, predictions, reconciled, first_known_at, known_at)
                select ?, new.*
                from unnest(?::text[], ?::date[], ?::int[], ?::int[], ?::timestamptz[], ?::timestamptz[]) as new
                on conflict (version, day) do update
                set predictions = held.predictions + excluded.predictions,
                    reconciled = held.reconciled + excluded.reconciled,
                    first_known_at = least(held.first_known_at, excluded.first_known_at),
                    known_at = greatest(held.known_at, excluded.known_at)
                """,
                symbol.value(),
                changes.keySet().stream().map(VersionDay::version).toList(),
                changes.keySet().stream().map(VersionDay::day).toList(),
                values.stream().map(Change::predictions).toList(),
                values.stream().map(Change::reconciled).toList(),
                values.stream().map(Change::firstKnownAt).toList(),
                values.stream().map(Change::knownAt).toList());
        return changes.keySet();
    }
}
