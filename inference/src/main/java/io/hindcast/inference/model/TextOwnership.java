package io.hindcast.inference.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Divides the texts of articles between a version's lane and its backfill. The lane owns those known from a moment
 * shortly before it joined, because a text may enter the log after the backfill has looked; but none known before the
 * version was trained, since its score must not become a feature.
 */
public final class TextOwnership {

    /** Longest time between the moment at which a text becomes known and its recording. */
    public static final Duration RECORDED_WITHIN = Duration.ofMinutes(10);

    private TextOwnership() {}

    /** Returns the moment from which texts are the lane's; all in market time. */
    public static Instant laneFrom(Instant joinedAt, Instant trainedAt) {
        Instant recorded = joinedAt.minus(RECORDED_WITHIN);
        return trainedAt.isAfter(recorded) ? trainedAt : recorded;
    }
}
