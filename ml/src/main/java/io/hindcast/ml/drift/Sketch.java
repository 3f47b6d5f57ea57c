package io.hindcast.ml.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The distribution of a value as counts between fixed edges. Sketches with the same edges add up and can be compared.
 *
 * @param edges ascending and distinct, without {@code NaN}; bin 0 holds the values below the first edge, bin k those
 *     from edge k − 1 to below edge k, the last bin those from the last edge on
 * @param counts values in each bin, one more than edges
 * @param missing number of values that are {@code NaN}
 */
public record Sketch(List<Double> edges, List<Long> counts, long missing) {

    public Sketch {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        if (counts.size() != edges.size() + 1 || missing < 0 || counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("sketch of " + edges.size() + " edges, counts " + counts + " and "
                    + missing + " missing values, expected one count of 0 or more for each bin");
        }
        for (int k = 0; k < edges.size(); k++) {
            if (Double.isNaN(edges.get(k)) || (k > 0 && edges.get(k) <= edges.get(k - 1))) {
                throw new IllegalArgumentException("edges of a sketch were " + edges + ", expected ascending ones");
            }
        }
    }

    /**
     * Returns the sketch of some values with edges at their own quantiles, so that each bin holds about as many of
     * them; fewer bins where values repeat.
     *
     * @param values in any order; {@code NaN} is missing
     * @param bins number of bins wanted, 2 or more
     */
    public static Sketch byQuantiles(double[] values, int bins) {
        if (bins < 2) {
            throw new IllegalArgumentException(bins + " bins, expected 2 or more");
        }
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        List<Double> edges = new ArrayList<>();
        for (int k = 1; k < bins && sorted.length > 0; k++) {
            // Adding 0 turns a negative zero, which sorts apart from zero, into zero.
            double edge = sorted[(int) ((long) k * sorted.length / bins)] + 0.0;
            if (edge > sorted[0] && (edges.isEmpty() || edge > edges.getLast())) {
                edges.add(edge);
            }
        }
        return new Sketch(edges, zeros(edges.size() + 1), 0).of(values);
    }

    private static List<Long> zeros(int size) {
        return Collections.nCopies(size, 0L);
    }

    /** Returns the sketch of other values with the same edges. */
    public Sketch of(double[] values) {
        double[] sorted = edges.stream().mapToDouble(Double::doubleValue).toArray();
        long[] found = new long[counts.size()];
        long absent = 0;
        for (double value : values) {
            if (Double.isNaN(value)) {
                absent++;
            } else {
                int at = Arrays.binarySearch(sorted, value + 0.0);
                found[at >= 0 ? at + 1 : -at - 1]++;
            }
        }
        return new Sketch(edges, Arrays.stream(found).boxed().toList(), absent);
    }

    /** Returns the sketch of these values and those of another sketch with the same edges. */
    public Sketch plus(Sketch other) {
        requireSameEdges(other);
        List<Long> sum = new ArrayList<>();
        for (int bin = 0; bin < counts.size(); bin++) {
            sum.add(counts.get(bin) + other.counts.get(bin));
        }
        return new Sketch(edges, sum, missing + other.missing);
    }

    void requireSameEdges(Sketch other) {
        if (!edges.equals(other.edges)) {
            throw new IllegalArgumentException(
                    "a sketch with the edges " + other.edges + ", expected those of the other: " + edges);
        }
    }

    /** Returns the number of values, missing ones included. */
    public long size() {
        return present() + missing;
    }

    /** Returns the number of values that are not missing. */
    public long present() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
