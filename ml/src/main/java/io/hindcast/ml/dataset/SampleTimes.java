package io.hindcast.ml.dataset;

import io.hindcast.api.market.Interval;
import io.hindcast.api.model.LabelSpec;

/** Times of samples in ascending order: all that a chronological split depends on. */
public interface SampleTimes {

    /** Returns the definition of the outcomes. */
    LabelSpec label();

    /** Returns the number of samples. */
    int rows();

    /** Returns the time of a sample, epoch milliseconds, never less than that of the previous one. */
    long time(int row);

    /** Returns how far a sample's outcome reaches beyond {@link #time}, milliseconds. */
    default long horizonMillis() {
        return label().horizonBars() * Interval.ONE_MINUTE.millis();
    }
}
