package io.hindcast.inference.replay;

import io.hindcast.history.audit.AuditLog;
import io.hindcast.history.audit.AuditedCandles;
import io.hindcast.inference.backfill.BackfillSources;

/**
 * The parts of the log from which versions are replayed.
 *
 * @param past of versions, with day files
 * @param candles without day files
 */
public record ReplaySources(AuditLog audits, BackfillSources past, AuditedCandles candles) {

    /** Returns the sources whose candles are read from the log alone. */
    BackfillSources audited() {
        return new BackfillSources(candles.log(), past.sentiment(), past.articles(), past.predictions());
    }
}
