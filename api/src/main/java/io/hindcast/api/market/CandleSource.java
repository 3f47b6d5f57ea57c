package io.hindcast.api.market;

/** How a bar came here, which decides when it counts as known. */
public enum CandleSource {
    /** Imported before the symbol went live: known at its own close. */
    HISTORY,
    /** Received as it closed: known when received. */
    LIVE,
    /** Fetched to fill a gap, or a correction by the exchange: known when recorded. */
    REPAIR
}
