package io.hindcast.ml.model;

import io.hindcast.ml.score.Scorer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows stored with a model together with its trainer's probabilities, with which a loaded model is checked. Written as
 * CSV with the shortest decimals that read back to the same double. Immutable.
 */
public final class GoldenRows {

    private static final List<String> PROBABILITIES = List.of("p_sell", "p_hold", "p_buy");

    private final List<String> names;
    private final int rows;
    private final double[] inputs;
    private final double[] probabilities;

    /**
     * @param names names of a row's values, one for each column
     * @param inputs rows × columns, row-major; {@code NaN} is missing
     * @param probabilities rows × 3, row-major
     */
    public GoldenRows(List<String> names, double[] inputs, double[] probabilities) {
        this.names = List.copyOf(names);
        this.rows = probabilities.length / Scorer.CLASSES;
        if (rows == 0 || probabilities.length != rows * Scorer.CLASSES || inputs.length != rows * names.size()) {
            throw new IllegalArgumentException(
                    inputs.length + " values of " + names.size() + " columns and " + probabilities.length
                            + " probabilities, expected the same number of rows of both, and at least one");
        }
        this.inputs = inputs.clone();
        this.probabilities = probabilities.clone();
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return names.size();
    }

    /** Returns the names of a row's values. */
    public List<String> names() {
        return names;
    }

    /** Returns the inputs, rows × columns, row-major, a copy. */
    public double[] inputs() {
        return inputs.clone();
    }

    /** Returns the probabilities, rows × 3, row-major, a copy. */
    public double[] probabilities() {
        return probabilities.clone();
    }

    /** Returns a copy with another scorer's probabilities. */
    public GoldenRows scoredBy(double[] others) {
        return new GoldenRows(names, inputs, others);
    }

    String toCsv() {
        StringBuilder csv = new StringBuilder();
        csv.append(String.join(",", names))
                .append(',')
                .append(String.join(",", PROBABILITIES))
                .append('\n');
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < columns(); c++) {
                csv.append(inputs[row * columns() + c]).append(',');
            }
            for (int c = 0; c < Scorer.CLASSES; c++) {
                csv.append(probabilities[row * Scorer.CLASSES + c]).append(c == Scorer.CLASSES - 1 ? '\n' : ',');
            }
        }
        return csv.toString();
    }

    static GoldenRows fromCsv(String csv) {
        List<String> lines = csv.lines().toList();
        List<String> header =
                lines.isEmpty() ? List.of() : List.of(lines.getFirst().split(",", -1));
        int columns = header.size() - PROBABILITIES.size();
        if (columns < 1
                || lines.size() < 2
                || !header.subList(columns, header.size()).equals(PROBABILITIES)) {
            throw new IllegalArgumentException("golden rows have the header " + header + " and " + lines.size()
                    + " lines, expected a row's values, then " + PROBABILITIES + ", and at least one row");
        }
        int rows = lines.size() - 1;
        double[] inputs = new double[rows * columns];
        double[] probabilities = new double[rows * Scorer.CLASSES];
        for (int row = 0; row < rows; row++) {
            List<Double> values = new ArrayList<>();
            for (String value : lines.get(row + 1).split(",", -1)) {
                values.add(Double.valueOf(value));
            }
            if (values.size() != header.size()) {
                throw new IllegalArgumentException(
                        "golden row " + (row + 1) + " has " + values.size() + " values, expected " + header.size());
            }
            for (int c = 0; c < header.size(); c++) {
                if (c < columns) {
                    inputs[row * columns + c] = values.get(c);
                } else {
                    probabilities[row * Scorer.CLASSES + c - columns] = values.get(c);
                }
            }
        }
        return new GoldenRows(header.subList(0, columns), inputs, probabilities);
    }
}
