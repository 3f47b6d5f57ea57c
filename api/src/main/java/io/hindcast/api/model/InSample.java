package io.hindcast.api.model;

import java.time.Duration;
import java.time.Instant;

/**
 * The bars that a version has seen in training, in validation, or in the overlap of their labels. What it predicts of
 * them says nothing about its worth.
 *
 * @param from open time of the first bar
 * @param to open time of the last bar
 */
public record InSample(Instant from, Instant to) {

    /**
     * Returns the range of a version.
     *
     * @param dataFrom open time of its first bar
     * @param inSampleTo open time of the last bar whose outcome was used
     * @param horizonBars bars over which that outcome was taken, of one minute each
     */
    public static InSample of(Instant dataFrom, Instant inSampleTo, int horizonBars) {
        return new InSample(dataFrom, inSampleTo.plus(Duration.ofMinutes(horizonBars)));
    }

    public boolean contains(Instant openTime) {
        return !openTime.isBefore(from) && !openTime.isAfter(to);
    }
}
