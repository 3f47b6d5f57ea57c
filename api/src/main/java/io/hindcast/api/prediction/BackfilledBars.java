package io.hindcast.api.prediction;

import java.util.List;

/**
 * One version's predictions of bars of one UTC day, each of the bar as first seen, as columns of equal length.
 *
 * @param minute the predicted bar, by minute of the UTC day
 * @param sell the probability of SELL
 * @param hold the probability of HOLD
 * @param buy the probability of BUY
 */
public record BackfilledBars(List<Integer> minute, List<Double> sell, List<Double> hold, List<Double> buy) {

    public BackfilledBars {
        minute = List.copyOf(minute);
        sell = List.copyOf(sell);
        hold = List.copyOf(hold);
        buy = List.copyOf(buy);
        if (sell.size() != minute.size() || hold.size() != minute.size() || buy.size() != minute.size()) {
            throw new IllegalArgumentException("columns of " + minute.size() + ", " + sell.size() + ", " + hold.size()
                    + " and " + buy.size() + " rows, expected equal lengths");
        }
    }

    public int size() {
        return minute.size();
    }

    public Probabilities probabilities(int row) {
        return new Probabilities(sell.get(row), hold.get(row), buy.get(row));
    }

    /**
     * Returns some rows.
     *
     * @param rows in ascending order, none twice
     */
    public BackfilledBars select(List<Integer> rows) {
        return rows.size() == size()
                ? this
                : new BackfilledBars(at(rows, minute), at(rows, sell), at(rows, hold), at(rows, buy));
    }

    private static <T> List<T> at(List<Integer> rows, List<T> column) {
        return rows.stream().map(column::get).toList();
    }
}
