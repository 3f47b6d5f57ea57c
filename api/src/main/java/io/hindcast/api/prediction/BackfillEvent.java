package io.hindcast.api.prediction;

/** Predictions or scores of one version and UTC day that were computed from the log. */
public sealed interface BackfillEvent permits BackfillDayRecorded, BackfillScoresRecorded {
    BackfillDayId backfillDay();

    /** Returns the number of predictions or scores. */
    int rows();
}
