package io.hindcast.ml.dataset;

/**
 * A range of consecutive rows.
 *
 * @param from first row
 * @param to row after the last, at least {@code from}
 */
public record RowRange(int from, int to) {

    public RowRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("rows " + from + " to " + to + ", expected 0 <= from <= to");
        }
    }

    public int size() {
        return to - from;
    }

    public boolean isEmpty() {
        return from == to;
    }
}
