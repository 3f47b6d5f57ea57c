package io.hindcast.ml.evaluate;

import io.hindcast.api.model.Provenance;
import io.hindcast.api.prediction.Signal;
import io.hindcast.ml.dataset.RowRange;
import io.hindcast.ml.dataset.Samples;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts of the outcomes of some rows, from which guesses without a model are made. Written as {@code 120,340,110}, in
 * class order.
 *
 * @param sell rows whose outcome is SELL, 0 or more
 * @param hold rows whose outcome is HOLD, 0 or more
 * @param buy rows whose outcome is BUY, 0 or more
 */
public record OutcomeCounts(int sell, int hold, int buy) {

    /** Provenance entry with the outcomes of a model's training rows. */
    public static final String PROVENANCE = "result.outcomes.train";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}),(\\d{1,9}),(\\d{1,9})");

    /** Counts the outcomes of rows. */
    public static OutcomeCounts of(Samples samples, RowRange rows) {
        int[] counts = samples.outcomeCounts(rows);
        return new OutcomeCounts(
                counts[Signal.SELL.classIndex()], counts[Signal.HOLD.classIndex()], counts[Signal.BUY.classIndex()]);
    }

    /** Returns the outcomes of a model's training rows, if its provenance names them. */
    public static Optional<OutcomeCounts> trained(Provenance provenance) {
        Matcher matcher = FORM.matcher(provenance.parameters().getOrDefault(PROVENANCE, ""));
        return matcher.matches()
                ? Optional.of(new OutcomeCounts(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /** Returns the most frequent outcome; in a tie HOLD, then SELL. */
    public Signal mostFrequent() {
        if (hold >= sell && hold >= buy) {
            return Signal.HOLD;
        }
        return sell >= buy ? Signal.SELL : Signal.BUY;
    }

    /**
     * Returns the mean of −ln p over these outcomes, where p is the class's frequency among the counted rows. One row
     * is added to each class (Laplace's rule of succession), so that a class that was never counted has a likelihood.
     */
    public double logLoss(Signal[] outcomes) {
        double all = 3.0 + sell + hold + buy;
        double sum = 0;
        for (Signal outcome : outcomes) {
            sum -= StrictMath.log((1 + count(outcome)) / all);
        }
        return sum / outcomes.length;
    }

    private int count(Signal outcome) {
        return switch (outcome) {
            case SELL -> sell;
            case HOLD -> hold;
            case BUY -> buy;
        };
    }

    @Override
    public String toString() {
        return sell + "," + hold + "," + buy;
    }
}
