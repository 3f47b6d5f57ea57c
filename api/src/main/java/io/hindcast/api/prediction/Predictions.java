package io.hindcast.api.prediction;

import io.hindcast.api.model.ScorerSpec;
import io.hindcast.api.model.VersionId;
import java.util.ArrayList;
import java.util.List;

/**
 * Predictions of bars of one UTC day as columns. {@code versions} and {@code scorers} have one row for each version;
 * the other columns have one row for each prediction.
 *
 * @param versions the versions that predicted, none twice
 * @param scorers the engine of each of them
 * @param version for each row an index into {@code versions}
 * @param minute for each row the predicted bar, by minute of the UTC day
 * @param barRevision for each row the revision of that bar that was scored
 * @param sell for each row the probability of SELL
 * @param hold for each row the probability of HOLD
 * @param buy for each row the probability of BUY
 */
public record Predictions(
        List<VersionId> versions,
        List<ScorerSpec> scorers,
        List<Integer> version,
        List<Integer> minute,
        List<Integer> barRevision,
        List<Double> sell,
        List<Double> hold,
        List<Double> buy) {

    public Predictions {
        versions = List.copyOf(versions);
        scorers = List.copyOf(scorers);
        version = List.copyOf(version);
        minute = List.copyOf(minute);
        barRevision = List.copyOf(barRevision);
        sell = List.copyOf(sell);
        hold = List.copyOf(hold);
        buy = List.copyOf(buy);
        if (versions.size() != scorers.size()) {
            throw new IllegalArgumentException(versions.size() + " versions but " + scorers.size() + " scorers");
        }
        int n = version.size();
        for (List<?> column : List.<List<?>>of(minute, barRevision, sell, hold, buy)) {
            if (column.size() != n) {
                throw new IllegalArgumentException(
                        "a column of predictions has " + column.size() + " rows, version has " + n);
            }
        }
    }

    public int size() {
        return version.size();
    }

    public VersionId versionOf(int row) {
        return versions.get(version.get(row));
    }

    public Probabilities probabilities(int row) {
        return new Probabilities(sell.get(row), hold.get(row), buy.get(row));
    }

    /**
     * Returns some rows, with only the versions that they are of.
     *
     * @param rows in ascending order, none twice
     */
    public Predictions select(List<Integer> rows) {
        if (rows.size() == size()) {
            return this;
        }
        List<VersionId> selectedVersions = new ArrayList<>();
        List<ScorerSpec> selectedScorers = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        for (int row : rows) {
            int index = selectedVersions.indexOf(versionOf(row));
            if (index < 0) {
                index = selectedVersions.size();
                selectedVersions.add(versionOf(row));
                selectedScorers.add(scorers.get(version.get(row)));
            }
            indices.add(index);
        }
        return new Predictions(
                selectedVersions,
                selectedScorers,
                indices,
                at(rows, minute),
                at(rows, barRevision),
                at(rows, sell),
                at(rows, hold),
                at(rows, buy));
    }

    private static <T> List<T> at(List<Integer> rows, List<T> column) {
        return rows.stream().map(column::get).toList();
    }
}
