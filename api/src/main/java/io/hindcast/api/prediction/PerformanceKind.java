package io.hindcast.api.prediction;

/** A kind of predictions whose performance is summarised apart from all others. */
public enum PerformanceKind {
    /** Recorded before their outcome became partly visible, out of sample. Only these count as live performance. */
    LIVE,
    /** Recorded by a lane, in time or late, out of sample. */
    LANE,
    /** Computed afterwards from the log, out of sample. */
    RECONCILED,
    /** Of bars that the version has seen, however they were made. */
    IN_SAMPLE;

    /** Returns whether a prediction is of this kind. */
    public boolean includes(PredictionOrigin origin, boolean inSample) {
        return switch (this) {
            case LIVE -> !inSample && origin == PredictionOrigin.LIVE;
            case LANE -> !inSample && origin != PredictionOrigin.RECONCILED;
            case RECONCILED -> !inSample && origin == PredictionOrigin.RECONCILED;
            case IN_SAMPLE -> inSample;
        };
    }
}
