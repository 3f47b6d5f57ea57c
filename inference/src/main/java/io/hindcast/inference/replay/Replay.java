package io.hindcast.inference.replay;

import io.hindcast.api.audit.AuditDay;
import io.hindcast.inference.model.LoadedModel;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Computes days of one version again and compares them with what was recorded. */
interface Replay {

    /**
     * Compares days; nothing is changed by it, so it may be repeated at any time.
     *
     * @param compared takes over days, each once, from any thread
     * @param stopped whether to return early, before the next day
     */
    void compare(
            SortedSet<LocalDate> days, LoadedModel model, Consumer<List<AuditDay>> compared, BooleanSupplier stopped)
            throws InterruptedException;
}
