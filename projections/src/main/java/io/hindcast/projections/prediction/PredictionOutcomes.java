package io.hindcast.projections.prediction;

import io.hindcast.projections.prediction.ClosingPrices.Outcome;
import io.hindcast.readmodel.TableWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes the outcomes of predictions: the current one beside the prediction, those that it replaced apart. */
final class PredictionOutcomes {

    private final TableWriter tables;
    private final List<String> versions = new ArrayList<>();
    private final List<Instant> openTimes = new ArrayList<>();
    private final List<List<Outcome>> outcomes = new ArrayList<>();

    PredictionOutcomes(TableWriter tables) {
        this.tables = tables;
    }

    /** Adds the outcomes that a prediction has had, one or more, the current one last. */
    void add(String version, long openTime, List<Outcome> ofBar) {
        versions.add(version);
        openTimes.add(Instant.ofEpochMilli(openTime));
        outcomes.add(ofBar);
    }

    /** Writes the current outcomes beside their predictions. */
    void writeCurrent() {
        if (!outcomes.isEmpty()) {
            tables.update(
                    """
                    update @prediction p
                    set outcome = new.outcome, outcome_return = new.change, outcome_known_at = new.known_at
                    from unnest(?::text[], ?::timestamptz[], ?::text[], ?::float8[], ?::timestamptz[])
                        as new (version, open_time, outcome, change, known_at)
                    where p.version = new.version and p.open_time = new.open_time
                    """,
                    versions,
                    openTimes,
                    outcomes.stream().map(all -> all.getLast().signal().name()).toList(),
                    outcomes.stream().map(all -> all.getLast().change()).toList(),
                    outcomes.stream().map(all -> all.getLast().knownAt()).toList());
        }
    }

    /** Writes the outcomes before the current ones. Few bars are revised, so each is written at once. */
    void writeSuperseded() {
        for (int i = 0; i < outcomes.size(); i++) {
            List<Outcome> all = outcomes.get(i);
            if (all.size() < 2) {
                continue;
            }
            tables.update(
                    "delete from @prediction_outcome_superseded where version = ? and open_time = ?",
                    versions.get(i),
                    openTimes.get(i));
            for (int j = 0; j < all.size() - 1; j++) {
                tables.update(
                        """
                        insert into @prediction_outcome_superseded
                            (version, open_time, outcome, outcome_return, known_from, known_to)
                        values (?, ?, ?, ?, ?, ?)
                        """,
                        versions.get(i),
                        openTimes.get(i),
                        all.get(j).signal(),
                        all.get(j).change(),
                        all.get(j).knownAt(),
                        all.get(j + 1).knownAt());
            }
        }
    }
}
