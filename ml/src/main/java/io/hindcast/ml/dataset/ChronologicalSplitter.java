package io.hindcast.ml.dataset;

import io.hindcast.api.market.Interval;

/**
 * Splits samples in time, never shuffled: train, then validation, then test.
 *
 * <p>Between the parts rows are left out (López de Prado, Advances in Financial Machine Learning, 2018, ch. 7): rows
 * whose horizon reaches into the next part are <i>purged</i>, so that no outcome is shared; the <i>embargo</i> leaves
 * out at least one more horizon, so that no correlated rows are shared either. Both are measured in time, not rows, so
 * gaps in the bars count. The last row of a part and the first of the next are more than {@code horizon + embargo} bars
 * apart.
 *
 * @param validationShare share of the rows for early stopping, above 0
 * @param testShare share of the rows for the evaluation, above 0; together with validation below 1
 * @param embargoBars bars left out beyond the purge; fewer than the horizon count as the horizon
 */
public record ChronologicalSplitter(double validationShare, double testShare, int embargoBars) {

    /** 70 % train, 15 % validation, 15 % test, embargo of one horizon. */
    public static final ChronologicalSplitter DEFAULT = new ChronologicalSplitter(0.15, 0.15, 0);

    public ChronologicalSplitter {
        if (!(validationShare > 0 && testShare > 0 && validationShare + testShare < 1)) {
            throw new IllegalArgumentException("validation share " + validationShare + " and test share " + testShare
                    + ", expected both above 0 and their sum below 1");
        }
        if (embargoBars < 0) {
            throw new IllegalArgumentException("embargo of " + embargoBars + " bars, expected 0 or more");
        }
    }

    /** Splits the whole dataset. */
    public Split split(SampleTimes samples) {
        int rows = samples.rows();
        int test = (int) Math.round(rows * (1 - testShare));
        int validation = (int) Math.round(rows * (1 - testShare - validationShare));
        return splitAt(samples, validation, test, rows);
    }

    /**
     * Splits given training and test periods: the validation part is the end of the training period, with
     * {@code validationShare} of its rows.
     *
     * @param training rows of the training period, before those of {@code test}
     * @throws IllegalArgumentException if they are too few, or the periods are not one after the other
     */
    public Split split(SampleTimes samples, RowRange training, RowRange test) {
        if (training.to() > test.from()) {
            throw new IllegalArgumentException("training rows " + training + " and test rows " + test
                    + ", expected the training rows before the test rows");
        }
        int validationFrom = training.from() + (int) Math.round(training.size() * (1 - validationShare));
        int trainTo = lastRowClearOf(samples, validationFrom);
        int validationTo = Math.min(training.to(), lastRowClearOf(samples, test.from()));
        return checked(
                samples,
                new RowRange(training.from(), Math.max(training.from(), trainTo)),
                validationFrom,
                validationTo,
                test);
    }

    private Split splitAt(SampleTimes samples, int validationFrom, int testFrom, int testTo) {
        int trainTo = lastRowClearOf(samples, validationFrom);
        int validationTo = lastRowClearOf(samples, testFrom);
        return checked(
                samples,
                new RowRange(0, trainTo),
                validationFrom,
                validationTo,
                new RowRange(testFrom, Math.max(testFrom, testTo)));
    }

    private Split checked(SampleTimes samples, RowRange train, int validationFrom, int validationTo, RowRange test) {
        if (train.isEmpty() || validationTo <= validationFrom || test.isEmpty()) {
            throw new IllegalArgumentException("dataset of " + samples.rows()
                    + " rows is too short to be split into train, validation and test with a horizon of "
                    + samples.label().horizonBars() + " and an embargo of "
                    + Math.max(embargoBars, samples.label().horizonBars()) + " bars");
        }
        return new Split(train, new RowRange(validationFrom, validationTo), test);
    }

    /** Returns the number of rows that are far enough before row {@code next}. */
    private int lastRowClearOf(SampleTimes samples, int next) {
        if (next <= 0 || next >= samples.rows()) {
            return 0;
        }
        int horizon = samples.label().horizonBars();
        long distance = samples.horizonMillis() + Math.max(embargoBars, horizon) * Interval.ONE_MINUTE.millis();
        int row = next;
        while (row > 0 && samples.time(next) - samples.time(row - 1) <= distance) {
            row--;
        }
        return row;
    }
}
