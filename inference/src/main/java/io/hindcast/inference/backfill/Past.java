package io.hindcast.inference.backfill;

import io.hindcast.inference.model.LoadedModel;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;

/** The part of one version's past that a backfill computes and records, a UTC day at a time. */
interface Past {

    /** Returns the days of which the log has something that the version has no prediction of. */
    SortedSet<LocalDate> missingDays() throws InterruptedException;

    /**
     * Computes and records what is missing on some days. Days that are recorded already are skipped, so this may be
     * repeated at any time.
     *
     * @param onRecorded called for each day after it was recorded, from any thread
     * @param stopped whether to return early, before the next day
     */
    void compute(SortedSet<LocalDate> days, LoadedModel model, Runnable onRecorded, BooleanSupplier stopped)
            throws InterruptedException;

    /** Returns the number of predictions that backfills have recorded in the scope. */
    long recorded();
}
